using System.Security.Cryptography;
using System.Text.Json;
using CityOps.Gis.PostGis.Access;
using CityOps.Gis.PostGis.Audit;
using CityOps.Gis.Queries;
using Microsoft.AspNetCore.Identity;
using Npgsql;

namespace CityOps.Gis.Web.Access.People;

/// <summary>What an administrator does with people: adds them, gives them rights and passwords, disables them. Each step is one transaction with its entry in the audit log (<see cref="PeopleWork"/>); a person's sessions end where their way in has changed.</summary>
public sealed class PersonRegister(IServiceScopeFactory scopes, PersonDirectory directory, SessionCallers callers)
{
    /// <summary>Adds a person with a random password.</summary>
    /// <param name="mustChange">The first sign-in asks for another password.</param>
    /// <returns>The person's id and password, or why it cannot be.</returns>
    public async Task<(Guid Id, string Password, PersonFault? Fault)> Add(
        string userName, string name, IReadOnlyCollection<string> roles, bool seesWholeCity, JurisdictionScope scope, bool mustChange = true, CancellationToken cancel = default)
    {
        if (NameFault(userName) is { } fault)
            return (default, "", fault);
        await using var work = await PeopleWork.Begin(scopes, cancel);
        var person = new Person { Id = Guid.NewGuid(), UserName = userName, DisplayName = name.Trim() is { Length: > 0 } given ? given : userName, MustChangePassword = mustChange };
        var password = RandomPassword.Make();
        var result = await work.People.CreateAsync(person, password);
        if (!result.Succeeded)
            return (default, "", FaultOf(result));
        await PersonDirectory.SetRights(work.Connection, person.Id, roles, seesWholeCity, scope, cancel);
        await AuditLog.Write(work.Connection, new(AuditKind.PersonAdded, userName, After: new { person.DisplayName, roles, seesWholeCity, scope = ScopeCodes.Of(scope) }), cancel);
        await work.Commit(cancel);
        return (person.Id, password, null);
    }

    /// <summary>Gives a person a random password, which the next sign-in asks to change, and ends all their sessions.</summary>
    /// <returns>Null where there is no such person.</returns>
    public Task<string?> ResetPassword(Guid id, CancellationToken cancel = default) => With(id, async (work, person) =>
    {
        var password = RandomPassword.Make();
        person.MustChangePassword = true;
        person.PasswordHash = work.People.PasswordHasher.HashPassword(person, password);
        await work.People.UpdateSecurityStampAsync(person);
        await work.People.SetLockoutEndDateAsync(person, null);
        await work.People.ResetAccessFailedCountAsync(person);
        await Sessions.EndAll(work.Connection, id, cancel: cancel);
        await AuditLog.Write(work.Connection, new(AuditKind.PasswordChanged, person.UserName), cancel);
        return password;
    }, cancel);

    /// <summary>Gives roles and scope instead of what the person had. Refused where nobody would be left who may administer.</summary>
    public async Task<PersonFault?> SetRights(Guid id, IReadOnlyCollection<string> roles, bool seesWholeCity, JurisdictionScope scope, CancellationToken cancel = default)
    {
        if (await directory.Find(id, cancel) is not { } before)
            return PersonFault.Gone;
        var isAdministrator = seesWholeCity && roles.Contains(Gis.Access.Role.Administrator.Id);
        if (!isAdministrator && IsAdministrator(before) && !await directory.HasAdministrator(except: id, cancel))
            return PersonFault.LastAdministrator;
        await using var work = await PeopleWork.Begin(scopes, cancel);
        await PersonDirectory.SetRights(work.Connection, id, roles, seesWholeCity, scope, cancel);
        await AuditLog.Write(work.Connection, new(AuditKind.RightsChanged, before.Rights.UserName,
            new { before.Rights.Roles, before.Rights.SeesWholeCity, Scope = ScopeCodes.Of(before.Rights.Scope) }, new { roles, seesWholeCity, Scope = ScopeCodes.Of(scope) }), cancel);
        await work.Commit(cancel);
        callers.Forget();
        return null;
    }

    /// <summary>Shuts a person out, or lets them in again.</summary>
    public async Task<PersonFault?> SetDisabled(Guid id, bool isDisabled, CancellationToken cancel = default)
    {
        if (isDisabled && await directory.Find(id, cancel) is { } before && IsAdministrator(before) && !await directory.HasAdministrator(except: id, cancel))
            return PersonFault.LastAdministrator;
        return await Change(id, person => person.IsDisabled = isDisabled, cancel);
    }

    public Task<PersonFault?> Rename(Guid id, string name, CancellationToken cancel = default)
        => name.Trim() is { Length: > 0 and <= 100 } given ? Change(id, person => person.DisplayName = given, cancel) : Task.FromResult<PersonFault?>(PersonFault.BadName);

    /// <summary>Switches the second step off for someone who has lost their telephone and their recovery codes.</summary>
    public async Task RemoveTwoFactor(Guid id, CancellationToken cancel = default) => await With(id, async (work, person) =>
    {
        await work.People.SetTwoFactorEnabledAsync(person, false);
        await work.People.ResetAuthenticatorKeyAsync(person);
        await Sessions.EndAll(work.Connection, id, cancel: cancel);
        await AuditLog.Write(work.Connection, new(AuditKind.TwoFactorChanged, person.UserName, After: new { isOn = false }), cancel);
        return person.UserName;
    }, cancel);

    /// <summary>Takes the personal data of somebody out who is shut out: what he did stays under a pseudonym (<c>src/docs/security.md</c>). It cannot be undone.</summary>
    /// <param name="nameOf">The name to show, made of the pseudonym's number.</param>
    public async Task<PersonFault?> TakeOut(Guid id, Func<string, string> nameOf, CancellationToken cancel = default)
    {
        var number = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));
        try
        {
            return await With<PersonFault?>(id, async (work, person) =>
            {
                if (!person.IsDisabled)
                    return PersonFault.StillIn;
                var pseudonym = "former-" + number;
                var changed = await PersonalData.TakeOut(work.Connection, id, pseudonym, nameOf(number), cancel);
                await AuditLog.Write(work.Connection, new(AuditKind.PersonTakenOut, pseudonym, After: new { id, changed = JsonSerializer.Deserialize<JsonElement>(changed) }), cancel);
                return null;
            }, cancel, PersonFault.Gone);
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            return PersonFault.Raced;
        }
    }

    /// <summary>Lets someone try again who gave too many wrong passwords.</summary>
    public Task<PersonFault?> Unlock(Guid id, CancellationToken cancel = default) => Change(id, person => (person.LockoutEnd, person.AccessFailedCount) = (null, 0), cancel);

    /// <summary>The id of a sign-in name.</summary>
    public async Task<Guid?> Find(string userName)
    {
        await using var work = scopes.CreateAsyncScope();
        return (await work.ServiceProvider.GetRequiredService<UserManager<Person>>().FindByNameAsync(userName))?.Id;
    }

    static bool IsAdministrator(ListedPerson person) => person.Rights.SeesWholeCity && !person.IsDisabled && person.Rights.Roles.Contains(Gis.Access.Role.Administrator.Id);

    static PersonFault? NameFault(string name)
        => name.Length is 0 or > 64 || name.Trim() != name || name.Any(sign => char.IsControl(sign) || sign is ':' or '/' or '\\') ? PersonFault.BadName : null;

    static PersonFault FaultOf(IdentityResult result)
        => result.Errors.Any(error => error.Code == nameof(IdentityErrorDescriber.DuplicateUserName)) ? PersonFault.NameTaken
        : result.Errors.Any(error => Enum.TryParse<PasswordFault>(error.Code, out _)) ? PersonFault.BadPassword
        : PersonFault.BadName;

    async Task<PersonFault?> Change(Guid id, Action<Person> change, CancellationToken cancel) => await With<PersonFault?>(id, async (work, person) =>
    {
        if ((await directory.Find(id, cancel))?.TakenOutAt is not null)
            return PersonFault.Gone;
        var before = new { person.DisplayName, person.IsDisabled, person.LockoutEnd };
        change(person);
        var result = await work.People.UpdateAsync(person);
        if (!result.Succeeded)
            return PersonFault.Raced;
        await AuditLog.Write(work.Connection, new(AuditKind.PersonChanged, person.UserName, before, new { person.DisplayName, person.IsDisabled, person.LockoutEnd }), cancel);
        return null;
    }, cancel, PersonFault.Gone);

    async Task<T?> With<T>(Guid id, Func<PeopleWork, Person, Task<T?>> step, CancellationToken cancel, T? gone = default)
    {
        await using var work = await PeopleWork.Begin(scopes, cancel);
        if (await work.People.FindByIdAsync(id.ToString()) is not { } person)
            return gone;
        var done = await step(work, person);
        await work.Commit(cancel);
        callers.Forget();
        return done;
    }
}
