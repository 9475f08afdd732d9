using System.Globalization;
using CityOps.Gis.Crs;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.SurveyImport.Mapping;
using CityOps.Gis.Web.Imports;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Components.Imports;

/// <summary>What a person decides about a delivery as a whole; what is left open is found out.</summary>
public sealed partial class SettingsForm(IStringLocalizer<ImportText> texts, LayerCatalog layers)
{
    static readonly string[] Encodings = ["GBK", "GB18030", "UTF-8", "Big5"];
    static readonly CensusScope[] Scopes = [CensusScope.Census, CensusScope.WholeLayer, CensusScope.Update, CensusScope.Add];
    IReadOnlyList<LayerGuess> _guesses = [];
    string? _fault;

    [Parameter, EditorRequired]
    public required ImportDraft Draft { get; set; }

    [Parameter]
    public EventCallback<DeliverySettings> OnDecide { get; set; }

    /// <summary>The delivery is for another layer.</summary>
    [Parameter]
    public EventCallback<string> OnLayer { get; set; }

    /// <summary>Settings under which the files must be read anew.</summary>
    [Parameter]
    public EventCallback<DeliverySettings> OnReread { get; set; }

    IStringLocalizer<ImportText> Text => texts;
    DeliverySettings Settings => Draft.Settings;

    protected override void OnParametersSet()
    {
        if (_guesses.Count == 0)
            _guesses = LayerGuess.Of(Draft.Sample.Layers[0].Source, DeliveryMaker.Current.LayersOf(layers));
    }

    IEnumerable<string> Tables(LayerClass classes) => layers.Lists.Find(classes.CodeList)?.Tables ?? [];

    Task Decide(DeliverySettings settings) => OnDecide.InvokeAsync(settings);

    Task DecideCrs(string? text)
    {
        _fault = string.IsNullOrWhiteSpace(text) ? null : CrsCatalog.Parse(text.Trim()) is { Crs: null, Reason: { } reason } ? reason.In(UiLanguage.Current) : null;
        return _fault is null ? Decide(Settings with { Crs = string.IsNullOrWhiteSpace(text) ? null : text.Trim() }) : Task.CompletedTask;
    }

    static string? Chosen(ChangeEventArgs change) => change.Value as string is { Length: > 0 } text ? text : null;

    static string Percent(double share) => (share * 100).ToString("0.##", CultureInfo.InvariantCulture);

    static double Share(string? text, double before)
        => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var percent) ? Math.Clamp(percent / 100, 0, 1) : before;
}
