using Microsoft.AspNetCore.Identity;

namespace CityOps.Gis.Web.Access.People;

/// <summary>Codes of an authenticator app (RFC 6238). Each counts once (OWASP ASVS 2.8.4), though its half minute is not over: also the one that switched the second step on.</summary>
static class AuthenticatorCodes
{
    const string OwnProvider = "cityops", Used = "used-codes";
    const int Remembered = 5;

    /// <summary>Is it a code of the person's app that was not used? From here on it was.</summary>
    public static async Task<bool> Redeem(UserManager<Person> people, Person person, string code)
    {
        if (!await people.VerifyTwoFactorTokenAsync(person, TokenOptions.DefaultAuthenticatorProvider, code))
            return false;
        var used = (await people.GetAuthenticationTokenAsync(person, OwnProvider, Used))?.Split(' ') ?? [];
        if (used.Contains(code))
            return false;
        await people.SetAuthenticationTokenAsync(person, OwnProvider, Used, string.Join(' ', used.TakeLast(Remembered - 1).Append(code)));
        return true;
    }
}
