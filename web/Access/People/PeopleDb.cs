using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace CityOps.Gis.Web.Access.People;

/// <summary>ASP.NET Core Identity's view of the tables that <c>sql/0017_access.sql</c> makes; a test holds the two together.</summary>
public sealed partial class PeopleDb(DbContextOptions<PeopleDb> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder builder)
    {
        builder.HasDefaultSchema("access");
        builder.Entity<Person>(person =>
        {
            person.ToTable("person").HasKey(one => one.Id);
            person.HasIndex(one => one.NormalizedUserName).IsUnique();
            person.Property(one => one.ConcurrencyStamp).IsConcurrencyToken().IsRequired();
            person.Property(one => one.SecurityStamp).IsRequired();
            person.Property(one => one.UserName).IsRequired();
            person.Property(one => one.NormalizedUserName).IsRequired();
            // People are known by name; the bureau's directory has their mail and telephone.
            person.Ignore(one => one.Email).Ignore(one => one.NormalizedEmail).Ignore(one => one.EmailConfirmed).Ignore(one => one.PhoneNumber).Ignore(one => one.PhoneNumberConfirmed);
        });
        builder.Entity<IdentityUserLogin<Guid>>().ToTable("person_login").HasKey(login => new { login.LoginProvider, login.ProviderKey });
        builder.Entity<IdentityUserToken<Guid>>().ToTable("person_token").HasKey(token => new { token.UserId, token.LoginProvider, token.Name });
        foreach (var property in builder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
            property.SetColumnName(Humps().Replace(property.Name, "_$1").ToLowerInvariant());
    }

    [GeneratedRegex("(?<!^)([A-Z])")]
    private static partial Regex Humps();
}
