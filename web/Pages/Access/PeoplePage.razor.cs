using CityOps.Gis.PostGis.Access;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Pages.Access;

/// <summary>The people of the product, for administrators: find one, open one, add one. What is looked for and who is open stands in the address.</summary>
public sealed partial class PeoplePage(IStringLocalizer<AccessText> texts, PersonDirectory directory, NavigationManager navigation, FieldText values) : IDisposable
{
    const string New = "new";
    readonly CancellationTokenSource _closing = new();
    List<ListedPerson>? _people;
    string _words = "";
    bool _hasMore;

    /// <summary>Id of the person who is open, or <c>new</c>.</summary>
    [SupplyParameterFromQuery]
    public string? Person { get; set; }

    /// <summary>Words that names are looked for by.</summary>
    [SupplyParameterFromQuery(Name = "q")]
    public string? Words { get; set; }

    IStringLocalizer<AccessText> Text => texts;
    string OtherLanguage => navigation.GetUriWithQueryParameter(UiLanguage.QueryKey, UiLanguage.Current == "zh" ? "en" : "zh");

    // Not disposed: an answer that is still on its way looks at the token.
    public void Dispose() => _closing.Cancel();

    protected override async Task OnParametersSetAsync()
    {
        if (_people is not null && _words == (Words ?? ""))
            return;
        _words = Words ?? "";
        await Read();
    }

    static string AddressOf(string? person, string words)
        => "/administration" + QueryString.Create(new Dictionary<string, string?> { ["person"] = person, ["q"] = words }.Where(one => !string.IsNullOrEmpty(one.Value)));

    void Open(string? person) => navigation.NavigateTo(AddressOf(person, Words ?? ""));

    void Search() => navigation.NavigateTo(AddressOf(null, _words));

    async Task Read()
    {
        _people = [.. await directory.List(Words ?? "", null, _closing.Token)];
        _hasMore = _people.Count == PersonDirectory.PageSize;
    }

    async Task More()
    {
        var next = await directory.List(Words ?? "", _people![^1].Rights.UserName, _closing.Token);
        _people.AddRange(next);
        _hasMore = next.Count == PersonDirectory.PageSize;
    }

    string ScopeOf(ListedPerson person)
    {
        var (rights, scope) = (person.Rights, person.Rights.Scope);
        return rights.SeesWholeCity ? Text["WholeCity"]
            : scope.IsEmpty ? Text["NoScope"]
            : Text["ScopeCounts", scope.Districts.Count + scope.Subdistricts.Count + scope.Communities.Count + scope.Grids.Count, scope.Departments.Count];
    }

    string StateOf(ListedPerson person) => UiLanguage.List(new[]
    {
        person.IsDisabled ? Text["Disabled"].Value : null, person.IsLocked ? Text["LockedNow"].Value : null, person.HasTwoFactor ? Text["TwoFactor"].Value : null,
    }.OfType<string>());
}
