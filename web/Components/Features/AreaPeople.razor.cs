using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Surroundings;
using CityOps.Gis.Web.Pages;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Components.Features;

/// <summary>The people of an area: who looks after its management grids, and which departments answer for which classes of things there.</summary>
public sealed partial class AreaPeople(IStringLocalizer<FeatureText> texts, AreaSurroundings surroundings, LayerCatalog catalog) : IDisposable
{
    /// <summary>Digits of a district's code, with which every code of the spine begins.</summary>
    const int DistrictDigits = 6;

    readonly Answering _answering = new();
    IReadOnlyList<GridManager>? _managers;
    IReadOnlyList<ResponsibleFor>? _departments;
    string? _code;

    [Parameter, EditorRequired]
    public required string Code { get; set; }

    [Parameter]
    public EventCallback<FeatureId> OnGo { get; set; }

    IStringLocalizer<FeatureText> Text => texts;

    public void Dispose() => _answering.Dispose();

    protected override async Task OnParametersSetAsync()
    {
        if (_code == Code)
            return;
        (_code, _managers, _departments) = (Code, null, null);
        await Find();
    }

    Task Find() => _answering.Ask(async cancel =>
    {
        var managers = await surroundings.Managers(Code, cancel);
        var departments = await surroundings.Departments(Code[..DistrictDigits], cancel);
        cancel.ThrowIfCancellationRequested();
        (_managers, _departments) = (managers, departments);
    });

    string ClassesOf(ResponsibleFor one) => UiLanguage.List(one.Classes.Select(NameOf));

    // A beginning is a major, a class, or nothing, which stands for all the rest.
    string NameOf(string prefix)
    {
        if (prefix.Length == 0)
            return Text["AllOtherClasses"];
        var entries = catalog.Layers.Where(layer => layer.Class is not null).SelectMany(layer => catalog.Lists.Find(layer.Class!.CodeList)?.Entries.Where(entry => layer.Class.Kinds.Contains(entry.Kind)) ?? []);
        return entries.FirstOrDefault(entry => prefix.Length == 2 ? entry.Major == prefix : entry.Code == prefix) is { } found
            ? $"{(prefix.Length == 2 ? found.MajorName ?? found.Name : found.Name).In(UiLanguage.Current)} {prefix}"
            : prefix;
    }
}
