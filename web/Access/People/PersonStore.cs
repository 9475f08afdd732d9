using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;

namespace CityOps.Gis.Web.Access.People;

/// <summary>People in the database. Authenticator keys are kept sealed and recovery codes as hashes, so that who reads the table cannot sign in with it (OWASP ASVS 2.8.2, 2.6.2).</summary>
sealed class PersonStore(PeopleDb database, IDataProtectionProvider protection)
    : UserOnlyStore<Person, PeopleDb, Guid, IdentityUserClaim<Guid>, IdentityUserLogin<Guid>, IdentityUserToken<Guid>>(database)
{
    readonly IDataProtector _seal = protection.CreateProtector("cityops.authenticator-key");

    public override Task SetAuthenticatorKeyAsync(Person user, string key, CancellationToken cancellationToken)
        => base.SetAuthenticatorKeyAsync(user, _seal.Protect(key), cancellationToken);

    public override async Task<string?> GetAuthenticatorKeyAsync(Person user, CancellationToken cancellationToken)
        => await base.GetAuthenticatorKeyAsync(user, cancellationToken) is { } kept ? _seal.Unprotect(kept) : null;

    public override Task ReplaceCodesAsync(Person user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken)
        => base.ReplaceCodesAsync(user, recoveryCodes.Select(Hash), cancellationToken);

    public override Task<bool> RedeemCodeAsync(Person user, string code, CancellationToken cancellationToken)
        => base.RedeemCodeAsync(user, Hash(code), cancellationToken);

    // The base class writes back what is left after a code was used, which is hashed already.
    static string Hash(string code) => code.StartsWith(Hashed, StringComparison.Ordinal) ? code : Hashed + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code)));

    const string Hashed = "sha256-";
}
