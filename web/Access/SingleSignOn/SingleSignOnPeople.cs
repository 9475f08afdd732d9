using System.Security.Claims;
using CityOps.Gis.Access;
using CityOps.Gis.PostGis.Access;
using CityOps.Gis.PostGis.Audit;
using CityOps.Gis.Queries;
using CityOps.Gis.Web.Access.People;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace CityOps.Gis.Web.Access.SingleSignOn;

/// <summary>
/// Lets people in whom the bureau's single sign-on vouches for. Who comes for the first time is added; roles and scope are those of the groups of today, each time
/// anew. They are known by the provider's own number for them (<c>sub</c>), never by a name that somebody could take.
/// </summary>
sealed class SingleSignOnPeople(UserManager<Person> people, PeopleDb database, PersonDirectory directory, Sessions sessions, SessionCallers callers, AuditLog audit, AccessOptions options)
{
    const string Way = "single-sign-on";

    /// <summary>Begins a session for whom the provider named; null for a person who is shut out here.</summary>
    public async Task<Guid?> Enter(ClaimsPrincipal vouched, Visit visit, CancellationToken cancel)
    {
        var provider = options.SingleSignOn!;
        var subject = vouched.FindFirstValue("sub") ?? throw new InvalidOperationException("The single sign-on names nobody (no 'sub').");
        var person = await people.FindByLoginAsync(provider.Authority, subject) ?? await Add(vouched, provider, subject);
        if (person.IsDisabled)
        {
            await audit.Write(new(AuditKind.SignInRefused, person.UserName, After: new { fault = "disabled" }), cancel);
            return null;
        }
        await Renew(person, provider.RightsOf(vouched.FindAll(provider.GroupClaim).Select(group => group.Value)), cancel);
        using (Entered(person))
            return await sessions.Begin(person.Id, Way, visit.Address, visit.Browser, options.Longest, new(AuditKind.SignedIn, person.UserName, After: new { way = Way, visit.Browser }), cancel);
    }

    async Task<Person> Add(ClaimsPrincipal vouched, SingleSignOnOptions provider, string subject)
    {
        var wanted = vouched.FindFirstValue("preferred_username") ?? vouched.FindFirstValue("email") ?? subject;
        var name = wanted.Length <= 60 ? wanted : wanted[..60];
        // A name that is taken here belongs to somebody else: the provider vouches for the number only.
        if (await people.FindByNameAsync(name) is not null)
            name += "-" + Guid.NewGuid().ToString("N")[..3];
        var person = new Person { Id = Guid.NewGuid(), UserName = name, DisplayName = vouched.FindFirstValue("name") is { Length: > 0 and <= 100 } shown ? shown : name };
        await using var together = await database.Database.BeginTransactionAsync();
        await Done(people.CreateAsync(person));
        await Done(people.AddLoginAsync(person, new(provider.Authority, subject, Way)));
        using (Entered(person))
            await AuditLog.Write(Connection(together), new(AuditKind.PersonAdded, person.UserName, After: new { person.DisplayName, way = Way }));
        await together.CommitAsync();
        return person;
    }

    async Task Renew(Person person, (IReadOnlyList<string> Roles, bool SeesWholeCity, JurisdictionScope Scope) rights, CancellationToken cancel)
    {
        var before = (await directory.Find(person.Id, cancel))!.Rights;
        if (before.Roles.Order().SequenceEqual(rights.Roles.Order()) && before.SeesWholeCity == rights.SeesWholeCity && before.Scope == rights.Scope)
            return;
        await using var together = await database.Database.BeginTransactionAsync(cancel);
        await PersonDirectory.SetRights(Connection(together), person.Id, rights.Roles, rights.SeesWholeCity, rights.Scope, cancel);
        using (Entered(person))
            await AuditLog.Write(Connection(together), new(AuditKind.RightsChanged, person.UserName, new { before.Roles, before.SeesWholeCity, Scope = ScopeCodes.Of(before.Scope) },
                new { rights.Roles, rights.SeesWholeCity, Scope = ScopeCodes.Of(rights.Scope), way = Way }), cancel);
        await together.CommitAsync(cancel);
        callers.Forget();
    }

    static NpgsqlConnection Connection(IDbContextTransaction together) => (NpgsqlConnection)together.GetDbTransaction().Connection!;

    static async Task Done(Task<IdentityResult> work)
    {
        var result = await work;
        if (!result.Succeeded)
            throw new InvalidOperationException($"A person of the single sign-on cannot be added: {result}");
    }

    static IDisposable Entered(Person person) => (Caller.Current with { Id = person.Id.ToString(), Name = person.DisplayName }).Enter();
}
