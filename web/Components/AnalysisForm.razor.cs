using System.Globalization;
using CityOps.Gis.Heat;
using CityOps.Gis.Layers;
using CityOps.Gis.Queries;
using CityOps.Gis.Web.Pages;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Components;

/// <summary>Which layer is counted, by which cells, as what; every choice is asked at once.</summary>
public sealed partial class AnalysisForm(IStringLocalizer<UiText> texts, IStringLocalizer<AnalysisText> words, LayerCatalog catalog)
{
    static readonly double[] UsualSizes = [25, 50, 100, 200, 250, 500, 1000, 2000, 5000, 10_000];
    static readonly string[] CellNames = [.. Enum.GetValues<HeatCellKind>().Select(HeatQuestionText.Name)];

    [Parameter, EditorRequired]
    public required AnalysisAddress Address { get; set; }

    [Parameter]
    public EventCallback<AnalysisAddress> AddressChanged { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<LayerDefinition> Layers { get; set; }

    bool _isOwn;
    string? _misread;

    IStringLocalizer<UiText> Text => texts;
    IStringLocalizer<AnalysisText> Words => words;
    bool IsOwn => _isOwn || Heat.Breaks.Count > 0;
    IEnumerable<AnalysisAgainst> Againsts => HasTime ? Enum.GetValues<AnalysisAgainst>() : [AnalysisAgainst.None, AnalysisAgainst.Layer];
    HeatQuestion Heat => Address.Heat;
    LayerDefinition Asked => catalog.Find(Address.LayerId)!;
    string CellName => HeatQuestionText.Name(Heat.Cell);
    bool HasTime => Asked.Find("occurred_at") is not null;
    IEnumerable<double> Sizes => UsualSizes.Append(Heat.Size).Distinct().Order();
    IEnumerable<string> Measures => Offered.Select(HeatQuestionText.Name);

    // Departments have no area; a layer without numbers has no weights.
    IEnumerable<HeatMeasure> Offered =>
    [
        HeatMeasure.Count,
        .. Heat.Cell == HeatCellKind.Department ? Array.Empty<HeatMeasure>() : [HeatMeasure.Density, HeatMeasure.Per],
        .. Weights.Any() ? [HeatMeasure.Sum, HeatMeasure.Mean] : Array.Empty<HeatMeasure>(),
    ];

    /// <summary>Fields that features can be weighted by.</summary>
    IEnumerable<LayerField> Weights => Asked.StoredFields.Where(one => one.Type is FieldType.Integer or FieldType.Real);

    IReadOnlyList<LayerPart> PerMajors => Heat.PerLayer is { } id && catalog.Find(id) is { } layer ? LayerParts.Majors(layer, catalog) : [];

    IReadOnlyList<LayerPart> Majors => LayerParts.Majors(Asked, catalog);

    // Classes, weights and comparisons belong to the layer that was left.
    Task Layer(string? id) => Change(Address with { LayerId = id ?? Address.LayerId, Heat = Measured(Heat.Measure is HeatMeasure.Sum or HeatMeasure.Mean ? HeatMeasure.Count : Heat.Measure) with { Query = new(id ?? Address.LayerId), Breaks = [] }, Against = AnalysisAgainst.None, Step = null });

    Task Classes(string? code) => Ask(Heat with { Query = new FeatureQuery(Address.LayerId) { Classes = code is { Length: > 0 } ? [code] : [] } });

    Task Cell(string? name)
        => Enum.TryParse<HeatCellKind>(name, ignoreCase: true, out var cell)
            ? Ask(cell == HeatCellKind.Department ? Measured(Heat.Measure is HeatMeasure.Density or HeatMeasure.Per ? HeatMeasure.Count : Heat.Measure) with { Cell = cell, Hotspots = null } : Heat with { Cell = cell })
            : Task.CompletedTask;

    Task Size(string? text) => double.TryParse(text, CultureInfo.InvariantCulture, out var size) ? Ask(Heat with { Size = size }) : Task.CompletedTask;

    // Time is cut for counts alone.
    Task Measure(string? name) => Enum.TryParse<HeatMeasure>(name, ignoreCase: true, out var measure)
        ? Change(Address with { Heat = Measured(measure), Step = measure is HeatMeasure.Count or HeatMeasure.Density ? Address.Step : null })
        : Task.CompletedTask;

    // Each measure with what it needs, and breaks are of the values that were there before.
    HeatQuestion Measured(HeatMeasure measure) => measure == Heat.Measure ? Heat : Heat with
    {
        Measure = measure, Breaks = [],
        Field = measure is HeatMeasure.Sum or HeatMeasure.Mean ? Heat.Field ?? Weights.First().Name : null,
        PerLayer = measure == HeatMeasure.Per ? Layers.First(layer => layer.Id != Address.LayerId).Id : null, PerClasses = [],
    };

    Task PerClass(string? code) => Ask(Heat with { PerClasses = code is { Length: > 0 } ? [code] : [] });

    Task Against(string? name) => Enum.TryParse<AnalysisAgainst>(name, ignoreCase: true, out var against)
        ? Change(Address with { Against = against, Layer2 = against == AnalysisAgainst.Layer ? Address.Layer2 ?? Layers.FirstOrDefault(layer => layer.Id != Address.LayerId)?.Id : Address.Layer2, Step = null })
        : Task.CompletedTask;

    // A last day before the first goes with it.
    Task From2(string? text)
    {
        var from = Read(text);
        return Change(Address with { From2 = from, To2 = from >= Address.To2 ? from?.AddDays(1) : Address.To2 });
    }

    Task To2(string? text)
    {
        var to = Read(text)?.AddDays(1);
        return Change(Address with { To2 = to, From2 = Address.From2 >= to ? to?.AddDays(-1) : Address.From2 });
    }

    static DateOnly? Read(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    Task View(string? name) => Enum.TryParse<AnalysisView>(name, ignoreCase: true, out var view) ? Change(Address with { View = view }) : Task.CompletedTask;

    Task Classed(string? name)
    {
        (_isOwn, _misread) = (name == "own", null);
        return Enum.TryParse<AnalysisClasses>(name, ignoreCase: true, out var classes) ? Change(Address with { Heat = Heat with { Breaks = [] }, Classes = classes }) : Task.CompletedTask;
    }

    // Chinese commas and semicolons are as good.
    Task Breaks(string? text)
    {
        var (question, faults) = HeatQuestionText.Parse(Asked, [new("breaks", (text ?? "").Replace('，', ',').Replace(';', ',').Replace('；', ',').Trim(' ', ','))]);
        _misread = faults.Count > 0 ? text : null;
        return faults.Count > 0 ? Task.CompletedTask : Ask(Heat with { Breaks = question.Breaks });
    }

    Task Hotspots(bool isWanted) => Change(Address with { Heat = Heat with { Hotspots = isWanted ? NeighbourRule.Queen : null, Breaks = isWanted ? [] : Heat.Breaks }, Step = isWanted ? null : Address.Step });

    Task Ask(HeatQuestion heat) => Change(Address with { Heat = heat });

    Task Change(AnalysisAddress address) => AddressChanged.InvokeAsync(address);
}
