using CityOps.Gis.PostGis.Access;
using CityOps.Gis.PostGis.Audit;
using Microsoft.AspNetCore.Identity;

namespace CityOps.Gis.Web.Access.People;

/// <summary>What people do with their own account: the password, the second step. Whatever weakens or changes the way in asks for the password.</summary>
public sealed class OwnAccount(IServiceScopeFactory scopes, Sessions sessions, SessionCallers callers, AuditLog audit)
{
    const int RecoveryCodes = 10;

    /// <summary>Changes the password and ends the person's other sessions.</summary>
    /// <param name="session">This one goes on.</param>
    /// <returns>Why not; null where it is done.</returns>
    public Task<SignInFault?> ChangePassword(Guid id, string current, string wanted, Guid? session, CancellationToken cancel = default) => With(id, async (people, person) =>
    {
        if (await Check(people, person, current) is { } wrong)
            return wrong;
        if (PasswordRules.Fault(person, wanted) is { } fault)
            return Enum.Parse<SignInFault>(fault.ToString());
        if (current == wanted)
            return SignInFault.SamePassword;
        person.PasswordHash = people.PasswordHasher.HashPassword(person, wanted);
        await people.UpdateSecurityStampAsync(person);
        await sessions.EndAll(id, except: session, cancel);
        callers.Forget();
        await audit.Write(new(AuditKind.PasswordChanged, person.UserName), cancel);
        return (SignInFault?)null;
    });

    /// <summary>Has the second step been switched on?</summary>
    public Task<bool> HasTwoFactor(Guid id) => With(id, (_, person) => Task.FromResult(person.TwoFactorEnabled));

    /// <summary>A new authenticator key, which counts once it is confirmed by a code.</summary>
    /// <returns>The key for typing, and the address for the QR code (Key Uri Format of Google Authenticator).</returns>
    public Task<(string Key, string Address)> BeginTwoFactor(Guid id) => With(id, async (people, person) =>
    {
        if (!person.TwoFactorEnabled)
            await people.ResetAuthenticatorKeyAsync(person);
        var key = (await people.GetAuthenticatorKeyAsync(person))!;
        var name = Uri.EscapeDataString(person.UserName!);
        return (string.Join(' ', key.Chunk(4).Select(four => new string(four))), $"otpauth://totp/CityOps.Gis:{name}?secret={key}&issuer=CityOps.Gis&digits=6");
    });

    /// <summary>Switches the second step on, if the code is that of the key.</summary>
    /// <returns>Recovery codes, shown once; null where the code is wrong.</returns>
    public Task<IReadOnlyList<string>?> ConfirmTwoFactor(Guid id, string code, CancellationToken cancel = default) => With(id, async (people, person) =>
    {
        if (!await people.VerifyTwoFactorTokenAsync(person, TokenOptions.DefaultAuthenticatorProvider, code.Replace(" ", "", StringComparison.Ordinal)))
            return null;
        await people.SetTwoFactorEnabledAsync(person, true);
        await audit.Write(new(AuditKind.TwoFactorChanged, person.UserName, After: new { isOn = true }), cancel);
        return (IReadOnlyList<string>?)[.. (await people.GenerateNewTwoFactorRecoveryCodesAsync(person, RecoveryCodes))!];
    });

    /// <summary>Switches the second step off.</summary>
    public Task<SignInFault?> RemoveTwoFactor(Guid id, string password, CancellationToken cancel = default) => With(id, async (people, person) =>
    {
        if (await Check(people, person, password) is { } wrong)
            return wrong;
        await people.SetTwoFactorEnabledAsync(person, false);
        await people.ResetAuthenticatorKeyAsync(person);
        await audit.Write(new(AuditKind.TwoFactorChanged, person.UserName, After: new { isOn = false }), cancel);
        return (SignInFault?)null;
    });

    // An open page must not become a place to try passwords out.
    static async Task<SignInFault?> Check(UserManager<Person> people, Person person, string password)
    {
        if (await people.IsLockedOutAsync(person))
            return SignInFault.Locked;
        if (await people.CheckPasswordAsync(person, password))
        {
            await people.ResetAccessFailedCountAsync(person);
            return null;
        }
        await people.AccessFailedAsync(person);
        return await people.IsLockedOutAsync(person) ? SignInFault.Locked : SignInFault.Wrong;
    }

    async Task<T> With<T>(Guid id, Func<UserManager<Person>, Person, Task<T>> work)
    {
        await using var scope = scopes.CreateAsyncScope();
        var people = scope.ServiceProvider.GetRequiredService<UserManager<Person>>();
        return await work(people, await people.FindByIdAsync(id.ToString()) ?? throw new InvalidOperationException($"There is no person {id}."));
    }
}
