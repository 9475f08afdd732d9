using CityOps.Gis.Access;
using Microsoft.AspNetCore.Authorization;

namespace CityOps.Gis.Web.Access;

/// <summary>A page that only callers with a permission may open.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class NeedsAttribute(Permission permission) : AuthorizeAttribute(Permissions.Policy(permission))
{
    public Permission Permission => permission;
}
