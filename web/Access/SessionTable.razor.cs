using System.Text.RegularExpressions;
using CityOps.Gis.PostGis.Access;
using CityOps.Gis.PostGis.Audit;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Access;

/// <summary>Sessions that are going on, of one person or of everybody, each with a way to end it.</summary>
public sealed partial class SessionTable(
    IStringLocalizer<AccessText> texts, Sessions sessions, SessionCallers callers, AccessOptions options, FieldText values) : IDisposable
{
    const int Most = 500;
    readonly CancellationTokenSource _closing = new();
    IReadOnlyList<OpenSession>? _sessions;
    Guid? _own;

    /// <summary>Whose; null for everybody's.</summary>
    [Parameter]
    public Guid? PersonId { get; set; }

    /// <summary>Read anew when this changes.</summary>
    [Parameter]
    public int Version { get; set; }

    [CascadingParameter]
    public Task<AuthenticationState>? Authentication { get; set; }

    IStringLocalizer<AccessText> Text => texts;

    // Not disposed: an answer that is still on its way looks at the token.
    public void Dispose() => _closing.Cancel();

    protected override async Task OnParametersSetAsync()
    {
        _own = Authentication is null ? null : SessionCookie.SessionOf((await Authentication).User);
        await Read();
    }

    async Task Read() => _sessions = await sessions.List(PersonId, options.Idle, Most, _closing.Token);

    async Task End(OpenSession session)
    {
        if (await sessions.End(session.Id, new(AuditKind.SessionEnded, session.UserName, Before: new { session.Address, session.Browser, session.BegunAt }), cancel: _closing.Token))
            callers.Forget();
        await Read();
    }

    // "Mozilla/5.0 (X11; Linux x86_64) … Chrome/140.0 …" says to people: Chrome 140, Linux.
    static string BrowserOf(string? agent)
    {
        if (agent is null)
            return "";
        var browser = Browser().Match(agent);
        var system = new[] { "Windows", "Android", "iPhone", "Mac OS", "Linux" }.FirstOrDefault(one => agent.Contains(one, StringComparison.Ordinal));
        return browser.Success ? string.Join(", ", new[] { $"{browser.Groups[1].Value} {browser.Groups[2].Value}", system }.OfType<string>()) : agent[..Math.Min(agent.Length, 60)];
    }

    [GeneratedRegex("(Edg|OPR|Firefox|Chrome|Safari)/(\\d+)")]
    private static partial Regex Browser();
}
