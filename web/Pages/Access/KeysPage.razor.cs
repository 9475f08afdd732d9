using CityOps.Gis.Access;
using CityOps.Gis.PostGis.Access;
using CityOps.Gis.Queries;
using CityOps.Gis.Web.Access.Keys;
using CityOps.Gis.Web.Resources;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Pages.Access;

/// <summary>Keys of devices and scripts, for administrators: make one, which is shown once, see which are used, revoke.</summary>
public sealed partial class KeysPage(IStringLocalizer<AccessText> texts, ApiKeys keys, KeyRegister register, FieldText values, TimeProvider clock) : IDisposable
{
    static readonly int[] Days = [30, 90, 365];

    static readonly Permission[] Grantable = [.. Enum.GetValues<Permission>().Except([ApiKey.Never])];
    readonly CancellationTokenSource _closing = new();
    readonly HashSet<Permission> _permissions = [Permission.View];
    IReadOnlyList<ApiKey>? _keys;
    JurisdictionScope _scope = new();
    bool _wholeCity, _isMaking;
    int _days = Days[1];
    string _name = "";
    string? _made;

    IStringLocalizer<AccessText> Text => texts;

    // Not disposed: an answer that is still on its way looks at the token.
    public void Dispose() => _closing.Cancel();

    protected override async Task OnInitializedAsync() => _keys = await keys.List(_closing.Token);

    void Take(Permission permission, bool isTaken)
    {
        if (isTaken)
            _permissions.Add(permission);
        else
            _permissions.Remove(permission);
    }

    async Task Make()
    {
        if (_name.Trim() is not { Length: > 0 } name)
            return;
        (_, _made) = await register.Make(name, _permissions, _wholeCity ? null : _scope, clock.GetUtcNow().AddDays(_days), _closing.Token);
        (_isMaking, _name) = (false, "");
        _keys = await keys.List(_closing.Token);
    }

    async Task Revoke(ApiKey key)
    {
        await register.Revoke(key, _closing.Token);
        _keys = await keys.List(_closing.Token);
    }

    string ScopeOf(ApiKey key) => key.Scope is not { } scope ? Text["WholeCity"]
        : scope.IsEmpty ? Text["NoScope"]
        : Text["ScopeCounts", scope.Districts.Count + scope.Subdistricts.Count + scope.Communities.Count + scope.Grids.Count, scope.Departments.Count];
}
