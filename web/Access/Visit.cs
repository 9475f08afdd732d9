namespace CityOps.Gis.Web.Access;

/// <summary>From where somebody signs in.</summary>
/// <param name="Browser">What the browser says of itself (User-Agent), cut to what a list can show.</param>
public sealed record Visit(string? Address, string? Browser)
{
    const int MostCharacters = 300;

    public static Visit Of(HttpContext context)
        => new(context.Connection.RemoteIpAddress?.ToString(), context.Request.Headers.UserAgent.ToString() is { Length: > 0 } agent ? agent[..Math.Min(agent.Length, MostCharacters)] : null);
}
