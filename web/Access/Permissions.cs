using CityOps.Gis.Access;
using Microsoft.AspNetCore.Authorization;

namespace CityOps.Gis.Web.Access;

/// <summary>Authorization policies, one for each <see cref="Permission"/>, and how the caller of the request is held against them.</summary>
public static class Permissions
{
    /// <summary>Name of the policy that asks for a permission.</summary>
    public static string Policy(Permission permission) => $"may-{permission}";

    /// <summary>Registers the policies. What says nothing of its own needs <see cref="Permission.View"/>.</summary>
    public static IServiceCollection AddPermissionPolicies(this IServiceCollection services)
    {
        services.AddSingleton<IAuthorizationHandler, PermissionHandler>();
        var authorization = services.AddAuthorizationBuilder();
        foreach (var permission in Enum.GetValues<Permission>())
            authorization.AddPolicy(Policy(permission), Needing(permission));
        authorization.SetDefaultPolicy(Needing(Permission.View)).SetFallbackPolicy(Needing(Permission.View));
        return services;
    }

    static AuthorizationPolicy Needing(Permission permission) => new AuthorizationPolicyBuilder().AddRequirements(new PermissionRequirement(permission)).Build();
}
