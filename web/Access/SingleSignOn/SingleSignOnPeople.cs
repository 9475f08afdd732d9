using System.Security.Claims;
using CityOps.Gis.Access;
using CityOps.Gis.PostGis.Access;
using CityOps.Gis.PostGis.Audit;
using CityOps.Gis.Queries;
using CityOps.Gis.Web.Access.People;
using Microsoft.AspNetCore.Identity;

namespace CityOps.Gis.Web.Access.SingleSignOn;

/// <summary>
/// Lets people in whom the bureau's single sign-on vouches for. Who comes for the first time is added; roles and scope are those of the groups of today, each time
/// anew. They are known by the provider's own number for them (<c>sub</c>), never by a name that somebody could take.
/// </summary>
sealed class SingleSignOnPeople(UserManager<Person> people, PersonDirectory directory, Sessions sessions, SessionCallers callers, AuditLog audit, AccessOptions options)
{
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
        var session = await sessions.Begin(person.Id, "single-sign-on", visit.Address, visit.Browser, options.Longest, cancel);
        using (Entered(person))
            await audit.Write(new(AuditKind.SignedIn, person.UserName, After: new { way = "single-sign-on", visit.Browser }), cancel);
        return session;
    }

    async Task<Person> Add(ClaimsPrincipal vouched, SingleSignOnOptions provider, string subject)
    {
        var wanted = vouched.FindFirstValue("preferred_username") ?? vouched.FindFirstValue("email") ?? subject;
        var name = wanted.Length <= 60 ? wanted : wanted[..60];
        // A name that is taken here belongs to somebody else: the provider vouches for the number only.
        if (await people.FindByNameAsync(name) is not null)
            name += "-" + Guid.NewGuid().ToString("N")[..3];
        var person = new Person { Id = Guid.NewGuid(), UserName = name, DisplayName = vouched.FindFirstValue("name") is { Length: > 0 and <= 100 } shown ? shown : name };
        await Done(people.CreateAsync(person));
        await Done(people.AddLoginAsync(person, new(provider.Authority, subject, "single-sign-on")));
        using (Entered(person))
            await audit.Write(new(AuditKind.PersonAdded, person.UserName, After: new { person.DisplayName, way = "single-sign-on" }));
        return person;
    }

    async Task Renew(Person person, (IReadOnlyList<string> Roles, bool SeesWholeCity, JurisdictionScope Scope) rights, CancellationToken cancel)
    {
        var before = (await directory.Find(person.Id, cancel))!.Rights;
        if (before.Roles.Order().SequenceEqual(rights.Roles.Order()) && before.SeesWholeCity == rights.SeesWholeCity && before.Scope == rights.Scope)
            return;
        await directory.SetRights(person.Id, rights.Roles, rights.SeesWholeCity, rights.Scope, cancel);
        callers.Forget();
        using (Entered(person))
            await audit.Write(new(AuditKind.RightsChanged, person.UserName, new { before.Roles, before.SeesWholeCity, Scope = ScopeCodes.Of(before.Scope) },
                new { rights.Roles, rights.SeesWholeCity, Scope = ScopeCodes.Of(rights.Scope), way = "single-sign-on" }), cancel);
    }

    static async Task Done(Task<IdentityResult> work)
    {
        var result = await work;
        if (!result.Succeeded)
            throw new InvalidOperationException($"A person of the single sign-on cannot be added: {result}");
    }

    static IDisposable Entered(Person person) => (Caller.Current with { Id = person.Id.ToString(), Name = person.DisplayName }).Enter();
}
