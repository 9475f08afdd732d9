using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace CityOps.Gis.Web.Access;

/// <summary>Seals what a person has already shown between two steps of signing in, for ten minutes.</summary>
sealed class SignInTickets(IDataProtectionProvider protection)
{
    static readonly TimeSpan s_valid = TimeSpan.FromMinutes(10);
    readonly ITimeLimitedDataProtector _seal = protection.CreateProtector("cityops.sign-in-ticket").ToTimeLimitedDataProtector();

    /// <param name="stamp">The person's security stamp: a ticket ends when the password changes.</param>
    /// <param name="hasCode">The code was right already.</param>
    public string Seal(Guid person, string stamp, bool hasCode) => _seal.Protect(string.Create(CultureInfo.InvariantCulture, $"{person} {(hasCode ? 1 : 0)} {stamp}"), s_valid);

    public (Guid Person, string Stamp, bool HasCode)? Open(string? ticket)
    {
        try
        {
            return string.IsNullOrEmpty(ticket) || _seal.Unprotect(ticket).Split(' ', 3) is not [var person, var code, var stamp] ? null : (Guid.Parse(person), stamp, code == "1");
        }
        catch (CryptographicException)
        {
            // Too old, or not ours.
            return null;
        }
    }
}
