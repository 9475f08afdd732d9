using CityOps.Gis.PostGis.Access;
using CityOps.Gis.PostGis.Audit;
using Microsoft.AspNetCore.Identity;

namespace CityOps.Gis.Web.Access.People;

/// <summary>What people do with their own account: the password, the second step. Whatever changes the way in asks for the password, and is one transaction with its entry in the audit log (<see cref="PeopleWork"/>).</summary>
public sealed class OwnAccount(IServiceScopeFactory scopes, SessionCallers callers)
{
    const int RecoveryCodes = 10;

    /// <summary>Changes the password and ends the person's other sessions.</summary>
    /// <param name="session">This one goes on.</param>
    /// <returns>Why not; null where it is done.</returns>
    public Task<SignInFault?> ChangePassword(Guid id, string current, string wanted, Guid? session, CancellationToken cancel = default) => With(id, async (work, person) =>
    {
        if (await Check(work.People, person, current) is { } wrong)
            return wrong;
        if (PasswordRules.Fault(person, wanted) is { } fault)
            return Enum.Parse<SignInFault>(fault.ToString());
        if (current == wanted)
            return SignInFault.SamePassword;
        person.PasswordHash = work.People.PasswordHasher.HashPassword(person, wanted);
        await work.People.UpdateSecurityStampAsync(person);
        await Sessions.EndAll(work.Connection, id, except: session, cancel);
        await AuditLog.Write(work.Connection, new(AuditKind.PasswordChanged, person.UserName), cancel);
        return (SignInFault?)null;
    }, cancel);

    /// <summary>Has the second step been switched on?</summary>
    public Task<bool> HasTwoFactor(Guid id) => With(id, (_, person) => Task.FromResult(person.TwoFactorEnabled), CancellationToken.None);

    /// <summary>A new authenticator key, which counts once it is confirmed by a code. None for whom the second step is on: the key of an app is shown to nobody again.</summary>
    /// <returns>The key for typing, and the address for the QR code (Key Uri Format of Google Authenticator); or why not.</returns>
    public Task<(string Key, string Address, SignInFault? Fault)> BeginTwoFactor(Guid id, string password, CancellationToken cancel = default) => With(id, async (work, person) =>
    {
        if (await Check(work.People, person, password) is { } wrong)
            return ("", "", wrong);
        if (person.TwoFactorEnabled)
            return ("", "", SignInFault.Expired);
        await work.People.ResetAuthenticatorKeyAsync(person);
        var key = (await work.People.GetAuthenticatorKeyAsync(person))!;
        var name = Uri.EscapeDataString(person.UserName!);
        return (string.Join(' ', key.Chunk(4).Select(four => new string(four))), $"otpauth://totp/CityOps.Gis:{name}?secret={key}&issuer=CityOps.Gis&digits=6", (SignInFault?)null);
    }, cancel);

    /// <summary>Switches the second step on, if the code is that of the key.</summary>
    /// <returns>Recovery codes, shown once; null where the code is wrong.</returns>
    public Task<IReadOnlyList<string>?> ConfirmTwoFactor(Guid id, string code, CancellationToken cancel = default) => With(id, async (work, person) =>
    {
        if (!await AuthenticatorCodes.Redeem(work.People, person, code.Replace(" ", "", StringComparison.Ordinal)))
            return null;
        await work.People.SetTwoFactorEnabledAsync(person, true);
        await AuditLog.Write(work.Connection, new(AuditKind.TwoFactorChanged, person.UserName, After: new { isOn = true }), cancel);
        return (IReadOnlyList<string>?)[.. (await work.People.GenerateNewTwoFactorRecoveryCodesAsync(person, RecoveryCodes))!];
    }, cancel);

    /// <summary>Switches the second step off.</summary>
    public Task<SignInFault?> RemoveTwoFactor(Guid id, string password, CancellationToken cancel = default) => With(id, async (work, person) =>
    {
        if (await Check(work.People, person, password) is { } wrong)
            return wrong;
        await work.People.SetTwoFactorEnabledAsync(person, false);
        await work.People.ResetAuthenticatorKeyAsync(person);
        await AuditLog.Write(work.Connection, new(AuditKind.TwoFactorChanged, person.UserName, After: new { isOn = false }), cancel);
        return (SignInFault?)null;
    }, cancel);

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

    // A password that was tried and found wrong is committed too: it counts.
    async Task<T> With<T>(Guid id, Func<PeopleWork, Person, Task<T>> step, CancellationToken cancel)
    {
        await using var work = await PeopleWork.Begin(scopes, cancel);
        var done = await step(work, await work.People.FindByIdAsync(id.ToString()) ?? throw new InvalidOperationException($"There is no person {id}."));
        await work.Commit(cancel);
        callers.Forget();
        return done;
    }
}
