using CityOps.Gis.PostGis.Access;
using CityOps.Gis.PostGis.Audit;
using CityOps.Gis.Web.Access.People;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace CityOps.Gis.Web.Access;

/// <summary>
/// Signing in, step by step: name and password, the code of an authenticator app where the person has one, another password where somebody else gave this one. A
/// session begins when all of it is done. Who is refused learns nothing about who has an account.
/// </summary>
sealed class SignIns(UserManager<Person> people, PeopleDb database, Sessions sessions, SignInTickets tickets, UnknownNames unknown, AuditLog audit, AccessOptions options)
{
    // Verifying one costs as much as that of a person, so that the time of an answer does not tell who has an account.
    static string? s_nobodysHash;

    public async Task<SignInAnswer> WithPassword(string name, string password, Visit visit)
    {
        var person = await people.FindByNameAsync(name);
        if (person is null || person.IsDisabled || person.PasswordHash is null)
        {
            s_nobodysHash ??= people.PasswordHasher.HashPassword(new(), RandomPassword.Make());
            people.PasswordHasher.VerifyHashedPassword(new(), s_nobodysHash, password);
            return await Refuse(SignInStep.Password, unknown.Fail(name) ? SignInFault.Locked : SignInFault.Wrong, name);
        }
        var isRight = await people.CheckPasswordAsync(person, password);
        if (await people.IsLockedOutAsync(person))
            return await Refuse(SignInStep.Password, SignInFault.Locked, name);
        return isRight ? await GoOn(person, hasCode: false, visit) : await Failed(person, SignInStep.Password, SignInFault.Wrong);
    }

    public async Task<SignInAnswer> WithCode(string? ticket, string code, Visit visit)
    {
        if (await Opened(ticket) is not { } open)
            return new(SignInStep.Password, SignInFault.Expired);
        if (await people.IsLockedOutAsync(open.Person))
            return await Refuse(SignInStep.Password, SignInFault.Locked, open.Person.UserName!);
        var plain = code.Replace(" ", "", StringComparison.Ordinal);
        if (await AuthenticatorCodes.Redeem(people, open.Person, plain) || (await people.RedeemTwoFactorRecoveryCodeAsync(open.Person, plain.ToUpperInvariant())).Succeeded)
            return await GoOn(open.Person, hasCode: true, visit);
        return (await Failed(open.Person, SignInStep.Code, SignInFault.WrongCode)) with { Ticket = ticket };
    }

    public async Task<SignInAnswer> WithNewPassword(string? ticket, string password, Visit visit)
    {
        if (await Opened(ticket) is not { } open || (open.Person.TwoFactorEnabled && !open.HasCode))
            return new(SignInStep.Password, SignInFault.Expired);
        if (PasswordRules.Fault(open.Person, password) is { } fault)
            return new(SignInStep.NewPassword, Enum.Parse<SignInFault>(fault.ToString()), ticket);
        if (await people.CheckPasswordAsync(open.Person, password))
            return new(SignInStep.NewPassword, SignInFault.SamePassword, ticket);
        await using (var together = await database.Database.BeginTransactionAsync())
        {
            await SetPassword(open.Person, password, (NpgsqlConnection)together.GetDbTransaction().Connection!);
            await together.CommitAsync();
        }
        return await GoOn(open.Person, open.HasCode, visit);
    }

    /// <summary>How strong a password would be for who is at the step of choosing one; null for anybody else. Nothing is kept of it, nor counted as tried.</summary>
    public async Task<(PasswordStrength Strength, SignInFault? Fault)?> Weigh(string? ticket, string password)
    {
        if (await Opened(ticket) is not { } open || (open.Person.TwoFactorEnabled && !open.HasCode))
            return null;
        var strength = PasswordRules.Weigh(open.Person, password);
        return (strength, strength.Fault is { } fault ? Enum.Parse<SignInFault>(fault.ToString()) : await people.CheckPasswordAsync(open.Person, password) ? SignInFault.SamePassword : null);
    }

    async Task SetPassword(Person person, string password, NpgsqlConnection connection)
    {
        person.PasswordHash = people.PasswordHasher.HashPassword(person, password);
        person.MustChangePassword = false;
        await people.UpdateSecurityStampAsync(person);
        await Sessions.EndAll(connection, person.Id, except: null, CancellationToken.None);
        using (Entered(person))
            await AuditLog.Write(connection, new(AuditKind.PasswordChanged, person.UserName, After: new { chosenAtSignIn = true }));
    }

    async Task<(Person Person, bool HasCode)?> Opened(string? ticket)
        => tickets.Open(ticket) is { } open && await people.FindByIdAsync(open.Person.ToString()) is { IsDisabled: false } person && person.SecurityStamp == open.Stamp ? (person, open.HasCode) : null;

    async Task<SignInAnswer> GoOn(Person person, bool hasCode, Visit visit)
    {
        if (person.TwoFactorEnabled && !hasCode)
            return new(SignInStep.Code, Ticket: tickets.Seal(person.Id, person.SecurityStamp!, hasCode: false));
        if (person.MustChangePassword)
            return new(SignInStep.NewPassword, Ticket: tickets.Seal(person.Id, person.SecurityStamp!, hasCode));
        await people.ResetAccessFailedCountAsync(person);
        var way = hasCode ? "two-factor" : "password";
        using (Entered(person))
            return new(SignInStep.Done, Session: await sessions.Begin(person.Id, way, visit.Address, visit.Browser, options.Longest, new(AuditKind.SignedIn, person.UserName, After: new { way, visit.Browser })));
    }

    async Task<SignInAnswer> Failed(Person person, SignInStep step, SignInFault fault)
    {
        await people.AccessFailedAsync(person);
        return await people.IsLockedOutAsync(person)
            ? await Refuse(SignInStep.Password, SignInFault.Locked, person.UserName!)
            : await Refuse(step, fault, person.UserName!);
    }

    async Task<SignInAnswer> Refuse(SignInStep next, SignInFault fault, string name)
    {
        await audit.Write(new(AuditKind.SignInRefused, name.Length <= 64 ? name : name[..64], After: new { fault }));
        return new(next, fault);
    }

    static IDisposable Entered(Person person)
        => (Gis.Access.Caller.Current with { Id = person.Id.ToString(), Name = person.DisplayName }).Enter();
}
