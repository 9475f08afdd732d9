using Microsoft.AspNetCore.Authorization;

namespace CityOps.Gis.Web.Access;

/// <summary>Holds the caller against a <see cref="PermissionRequirement"/>.</summary>
sealed class PermissionHandler : AuthorizationHandler<PermissionRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, PermissionRequirement requirement)
    {
        if (CallerIdentity.CallerOf(context.User).May(requirement.Permission))
            context.Succeed(requirement);
        return Task.CompletedTask;
    }
}
