using CityOps.Gis.PostGis.Access;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;

namespace CityOps.Gis.Web.Access.People;

/// <summary>Registers the people of the product: ASP.NET Core Identity over the same database, and what is kept beside it.</summary>
static class PeopleServices
{
    // Of PBKDF2-HMAC-SHA512: OWASP Password Storage Cheat Sheet, 2023.
    const int HashIterations = 210_000;

    public static IServiceCollection AddPeople(this IServiceCollection services, AccessOptions options)
    {
        services.AddDbContext<PeopleDb>((provider, database) => database.UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>()));
        services.AddIdentityCore<Person>(identity => Configure(identity, options))
            .AddUserStore<PersonStore>()
            .AddTokenProvider<AuthenticatorTokenProvider<Person>>(TokenOptions.DefaultAuthenticatorProvider);
        // The rules take the place of Identity's own, which are about kinds of characters.
        services.RemoveAll(typeof(IPasswordValidator<Person>));
        services.AddScoped<IPasswordValidator<Person>, PasswordRules>();
        services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = HashIterations);
        return services.AddSingleton<PersonDirectory>().AddSingleton<PersonRegister>().AddSingleton<OwnAccount>().AddSingleton<LikelyScopes>();
    }

    /// <summary>Seals cookies and forms with keys from the database, so that all processes on it know each other's.</summary>
    public static IServiceCollection AddKeyRing(this IServiceCollection services)
    {
        services.AddSingleton<KeyRing>();
        services.AddDataProtection().SetApplicationName("cityops");
        return services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider
            => new ConfigureOptions<KeyManagementOptions>(keys => keys.XmlRepository = new StoredKeys(provider.GetRequiredService<KeyRing>())));
    }

    static void Configure(IdentityOptions identity, AccessOptions options)
    {
        // Names may be Chinese.
        identity.User.AllowedUserNameCharacters = "";
        (identity.Lockout.MaxFailedAccessAttempts, identity.Lockout.DefaultLockoutTimeSpan) = (options.MostFailures, options.LockedFor);
    }

    static void RemoveAll(this IServiceCollection services, Type service)
    {
        foreach (var one in services.Where(one => one.ServiceType == service).ToList())
            services.Remove(one);
    }

    sealed class StoredKeys(KeyRing ring) : IXmlRepository
    {
        public IReadOnlyCollection<System.Xml.Linq.XElement> GetAllElements() => [.. ring.All().Select(System.Xml.Linq.XElement.Parse)];

        public void StoreElement(System.Xml.Linq.XElement element, string friendlyName) => ring.Add(friendlyName, element.ToString(System.Xml.Linq.SaveOptions.DisableFormatting));
    }
}
