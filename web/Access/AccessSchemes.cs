using CityOps.Gis.Web.Access.Keys;

namespace CityOps.Gis.Web.Access;

/// <summary>Ways to be known, as ASP.NET Core names them.</summary>
static class AccessSchemes
{
    /// <summary>Chooses among the others by what a request carries.</summary>
    public const string Any = "cityops";

    /// <summary>Whoever embeds the host says it.</summary>
    public const string Trusted = "cityops.trusted";

    /// <summary>The cookie of someone who signed in.</summary>
    public const string Session = "cityops.session";

    /// <summary>The key of a device or a script.</summary>
    public const string Key = "cityops.key";

    public static string Of(HttpContext context, AccessOptions options)
        => options.Trusted is not null ? Trusted : KeyAuthentication.Concerns(context.Request) ? Key : Session;
}
