namespace CityOps.Gis.PostGis.Access;

/// <summary>A session that is going on.</summary>
/// <param name="Way">How the person signed in: <c>password</c>, <c>two-factor</c> or <c>single-sign-on</c>.</param>
/// <param name="Browser">What the browser says of itself (User-Agent).</param>
public sealed record OpenSession(
    Guid Id, Guid PersonId, string UserName, string Name, string Way, string? Address, string? Browser, DateTimeOffset BegunAt, DateTimeOffset SeenAt, DateTimeOffset EndsAt);
