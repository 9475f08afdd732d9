using Microsoft.AspNetCore.Identity;

namespace CityOps.Gis.Web.Access.People;

/// <summary>Someone who signs in, as ASP.NET Core Identity keeps them (<c>access.person</c>). Roles and scopes are kept beside it (<see cref="PostGis.Access.PersonDirectory"/>).</summary>
public sealed class Person : IdentityUser<Guid>
{
    /// <summary>As people read it.</summary>
    public string DisplayName { get; set; } = "";

    /// <summary>The password was given by somebody else; the next sign-in asks for another.</summary>
    public bool MustChangePassword { get; set; }

    public bool IsDisabled { get; set; }
}
