using CityOps.Gis.PostGis.Access;
using CityOps.Gis.PostGis.Audit;
using CityOps.Gis.Queries;
using Microsoft.AspNetCore.Identity;

namespace CityOps.Gis.Web.Access.People;

/// <summary>What an administrator does with people: adds them, gives them rights and passwords, disables them. Each step is in the audit log; a person's sessions end where their way in has changed.</summary>
public sealed class PersonRegister(IServiceScopeFactory scopes, PersonDirectory directory, Sessions sessions, SessionCallers callers, AuditLog audit)
{
    /// <summary>Adds a person with a random password.</summary>
    /// <param name="mustChange">The first sign-in asks for another password.</param>
    /// <returns>The person's id and password, or why it cannot be.</returns>
    public async Task<(Guid Id, string Password, PersonFault? Fault)> Add(
        string userName, string name, IReadOnlyCollection<string> roles, bool seesWholeCity, JurisdictionScope scope, bool mustChange = true, CancellationToken cancel = default)
    {
        if (NameFault(userName) is { } fault)
            return (default, "", fault);
        await using var work = scopes.CreateAsyncScope();
        var people = work.ServiceProvider.GetRequiredService<UserManager<Person>>();
        var person = new Person { Id = Guid.NewGuid(), UserName = userName, DisplayName = name.Trim() is { Length: > 0 } given ? given : userName, MustChangePassword = mustChange };
        var password = RandomPassword.Make();
        var result = await people.CreateAsync(person, password);
        if (!result.Succeeded)
            return (default, "", FaultOf(result));
        await directory.SetRights(person.Id, roles, seesWholeCity, scope, cancel);
        await audit.Write(new(AuditKind.PersonAdded, userName, After: new { person.DisplayName, roles, seesWholeCity, scope = ScopeCodes.Of(scope) }), cancel);
        return (person.Id, password, null);
    }

    /// <summary>Gives a person a random password, which the next sign-in asks to change, and ends all their sessions.</summary>
    /// <returns>Null where there is no such person.</returns>
    public Task<string?> ResetPassword(Guid id, CancellationToken cancel = default) => With(id, async (people, person) =>
    {
        var password = RandomPassword.Make();
        person.MustChangePassword = true;
        person.PasswordHash = people.PasswordHasher.HashPassword(person, password);
        await people.UpdateSecurityStampAsync(person);
        await people.SetLockoutEndDateAsync(person, null);
        await people.ResetAccessFailedCountAsync(person);
        await EndSessions(id, cancel);
        await audit.Write(new(AuditKind.PasswordChanged, person.UserName), cancel);
        return password;
    });

    /// <summary>Gives roles and scope instead of what the person had. Refused where nobody would be left who may administer.</summary>
    public async Task<PersonFault?> SetRights(Guid id, IReadOnlyCollection<string> roles, bool seesWholeCity, JurisdictionScope scope, CancellationToken cancel = default)
    {
        if (await directory.Find(id, cancel) is not { } before)
            return PersonFault.Gone;
        var isAdministrator = seesWholeCity && roles.Contains(Gis.Access.Role.Administrator.Id);
        if (!isAdministrator && IsAdministrator(before) && !await directory.HasAdministrator(except: id, cancel))
            return PersonFault.LastAdministrator;
        await directory.SetRights(id, roles, seesWholeCity, scope, cancel);
        callers.Forget();
        await audit.Write(new(AuditKind.RightsChanged, before.Rights.UserName,
            new { before.Rights.Roles, before.Rights.SeesWholeCity, Scope = ScopeCodes.Of(before.Rights.Scope) }, new { roles, seesWholeCity, Scope = ScopeCodes.Of(scope) }), cancel);
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
    public async Task RemoveTwoFactor(Guid id, CancellationToken cancel = default) => await With(id, async (people, person) =>
    {
        await people.SetTwoFactorEnabledAsync(person, false);
        await people.ResetAuthenticatorKeyAsync(person);
        await EndSessions(id, cancel);
        await audit.Write(new(AuditKind.TwoFactorChanged, person.UserName, After: new { isOn = false }), cancel);
        return person.UserName;
    });

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

    async Task<PersonFault?> Change(Guid id, Action<Person> change, CancellationToken cancel) => await With<PersonFault?>(id, async (people, person) =>
    {
        var before = new { person.DisplayName, person.IsDisabled, person.LockoutEnd };
        change(person);
        var result = await people.UpdateAsync(person);
        if (!result.Succeeded)
            return PersonFault.Raced;
        callers.Forget();
        await audit.Write(new(AuditKind.PersonChanged, person.UserName, before, new { person.DisplayName, person.IsDisabled, person.LockoutEnd }), cancel);
        return null;
    }, PersonFault.Gone);

    async Task EndSessions(Guid id, CancellationToken cancel)
    {
        await sessions.EndAll(id, cancel: cancel);
        callers.Forget();
    }

    async Task<T?> With<T>(Guid id, Func<UserManager<Person>, Person, Task<T?>> work, T? gone = default)
    {
        await using var scope = scopes.CreateAsyncScope();
        var people = scope.ServiceProvider.GetRequiredService<UserManager<Person>>();
        return await people.FindByIdAsync(id.ToString()) is { } person ? await work(people, person) : gone;
    }
}
