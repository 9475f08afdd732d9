using CityOps.Gis.Access;
using Microsoft.AspNetCore.Authorization;

namespace CityOps.Gis.Web.Access;

/// <summary>The caller must have a permission.</summary>
sealed record PermissionRequirement(Permission Permission) : IAuthorizationRequirement;
