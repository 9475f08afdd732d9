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
    PersonFilter _filter = new();
    bool _hasMore;

    /// <summary>Id of the person who is open, or <c>new</c>.</summary>
    [SupplyParameterFromQuery]
    public string? Person { get; set; }

    /// <summary>Words that names are looked for by.</summary>
    [SupplyParameterFromQuery(Name = "q")]
    public string? Words { get; set; }

    /// <summary>Id of a role that the people have.</summary>
    [SupplyParameterFromQuery]
    public string? Role { get; set; }

    /// <summary>Code of a department of their scope.</summary>
    [SupplyParameterFromQuery]
    public string? Department { get; set; }

    IStringLocalizer<AccessText> Text => texts;
    string OtherLanguage => navigation.GetUriWithQueryParameter(UiLanguage.QueryKey, UiLanguage.Current == "zh" ? "en" : "zh");

    // Not disposed: an answer that is still on its way looks at the token.
    public void Dispose() => _closing.Cancel();

    protected override async Task OnParametersSetAsync()
    {
        var asked = new PersonFilter(Words ?? "", Role, Department);
        if (_people is not null && _filter == asked)
            return;
        (_filter, _words) = (asked, asked.Words);
        await Read();
    }

    static string AddressOf(string? person, PersonFilter filter)
        => "/administration" + QueryString.Create(new Dictionary<string, string?> { ["person"] = person, ["q"] = filter.Words, ["role"] = filter.Role, ["department"] = filter.Department }.Where(one => !string.IsNullOrEmpty(one.Value)));

    void Open(string? person) => navigation.NavigateTo(AddressOf(person, _filter));

    void Search() => navigation.NavigateTo(AddressOf(null, _filter with { Words = _words }));

    async Task Read()
    {
        _people = [.. await directory.List(_filter, null, _closing.Token)];
        _hasMore = _people.Count == PersonDirectory.PageSize;
    }

    async Task More()
    {
        var next = await directory.List(_filter, _people![^1].Rights.UserName, _closing.Token);
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

    string StateOf(ListedPerson person) => string.Join("、", new[]
    {
        person.IsDisabled ? Text["Disabled"].Value : null, person.IsLocked ? Text["LockedNow"].Value : null, person.HasTwoFactor ? Text["TwoFactor"].Value : null,
    }.OfType<string>());
}
