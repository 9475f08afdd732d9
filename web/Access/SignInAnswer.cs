namespace CityOps.Gis.Web.Access;

/// <summary>How a step of signing in ended.</summary>
/// <param name="Ticket">What the browser brings back with the next step.</param>
/// <param name="Session">The session, once it is <see cref="SignInStep.Done"/>.</param>
public sealed record SignInAnswer(SignInStep Next, SignInFault? Fault = null, string? Ticket = null, Guid? Session = null);
