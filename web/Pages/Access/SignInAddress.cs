using CityOps.Gis.Access;

namespace CityOps.Gis.Web.Pages.Access;

/// <summary>Address of the sign-in page and what it brings people back to.</summary>
public static class SignInAddress
{
    public const string Path = "/sign-in", NotAllowed = "/not-allowed";

    /// <summary>The sign-in page that leads to where the request wanted to go.</summary>
    public static string Before(HttpRequest request) => Before(request.Path + request.QueryString.ToString());

    /// <summary>The sign-in page that leads on to an address of this site.</summary>
    public static string Before(string address) => address is "/" or "" ? Path : $"{Path}?to={Uri.EscapeDataString(address)}";

    /// <summary>Where to go after signing in: an address of this site and no other (OWASP ASVS 5.1.5), else the map.</summary>
    public static string After(string? to)
        => to is ['/', ..] && !to.StartsWith("//", StringComparison.Ordinal) && !to.StartsWith("/\\", StringComparison.Ordinal) && !to.Any(char.IsControl) ? to : "/";

    /// <summary>Where a person begins who asked for no page: a grid manager of grids or communities at these, everybody else at the map.</summary>
    public static string Home(Caller? caller)
        => caller is { Scope: { } scope } && caller.Roles.Contains(Role.GridManager.Id) && scope.Grids.Count + scope.Communities.Count > 0 ? "/grids" : "/";
}
