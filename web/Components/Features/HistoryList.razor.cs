using System.Globalization;
using CityOps.Gis.Features;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.History;
using CityOps.Gis.Queries;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Components.Features;

/// <summary>The life of a feature, the youngest step first: when, what kind, by which batch, and field by field what was before and after.</summary>
public sealed partial class HistoryList(IStringLocalizer<FeatureText> texts, FieldText values, FeatureHistory history) : IDisposable
{
    readonly Answering _answering = new();
    IReadOnlyList<FeatureChange>? _steps;
    (string LayerId, long Fid, DateTimeOffset ValidFrom) _shown;

    [Parameter, EditorRequired]
    public required LayerDefinition Layer { get; set; }

    [Parameter, EditorRequired]
    public required Feature Feature { get; set; }

    /// <summary>Is there a way that the feature went, for the map to show?</summary>
    [Parameter]
    public EventCallback<bool> OnMoves { get; set; }

    IStringLocalizer<FeatureText> Text => texts;
    FieldText Values => values;

    public void Dispose() => _answering.Dispose();

    protected override async Task OnParametersSetAsync()
    {
        var asked = (Layer.Id, Feature.Fid, Feature.ValidFrom);
        if (_shown == asked)
            return;
        // The steps of another feature are not this one's, not even for a moment.
        if ((_shown.LayerId, _shown.Fid) != (Layer.Id, Feature.Fid))
            _steps = null;
        _shown = asked;
        await Find();
    }

    async Task Find()
    {
        IReadOnlyList<FeatureChange> steps = [];
        if (!await _answering.Ask(async cancel => steps = await history.Of(Layer, Feature.Fid, cancel)))
            return;
        _steps = steps;
        await OnMoves.InvokeAsync(steps.Any(IsFarMove));
    }

    static bool IsFarMove(FeatureChange step) => step.Move is { Meters: >= 0.005 };

    string TitleOf(string name) => (Layer.Find(name)?.Title ?? Queryables.Find(Layer, name)?.Title)?.In(UiLanguage.Current) ?? name;

    // A class is named by the edition that the row was of then.
    string? Written(string name, object? value, FeatureChange step)
        => Layer.Find(name) is { } field ? values.Of(Layer, field, step.Version with { Values = new Dictionary<string, object?>(step.Version.Values) { [name] = value } }) : value as string;

    string Distance(double meters) => meters < 1000 ? texts["Meters", meters.ToString(meters < 10 ? "0.00" : "0.0", CultureInfo.CurrentCulture)] : texts["Kilometers", (meters / 1000).ToString("0.00", CultureInfo.CurrentCulture)];
}
