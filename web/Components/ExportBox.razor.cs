using CityOps.Gis.Exports;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Collections;
using CityOps.Gis.Queries;
using CityOps.Gis.Web.Pages;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Components;

/// <summary>Takes what the map's question finds in a layer away as a file.</summary>
public sealed partial class ExportBox(IStringLocalizer<UiText> texts, ExportOptions options)
{
    /// <summary>EPSG codes that are offered: degrees, Web Mercator, and the zones of CGCS2000 that Xiamen lies in.</summary>
    static readonly string[] Systems = ["4490", "4326", "3857", "4548", "4527"];
    string? _layer;
    string _format = ExportFormats.Names.First();
    string _crs = Systems[0];
    string _naming = "";
    (string Layer, long Rows)? _confirmed;

    [Parameter, EditorRequired]
    public required IReadOnlyList<LayerDefinition> Layers { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyDictionary<string, long> Counts { get; set; }

    /// <summary>What answers the question, by layer id; null = everything.</summary>
    [Parameter]
    public IReadOnlyDictionary<string, MatchCount>? Answers { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlySet<string> Visible { get; set; }

    [Parameter, EditorRequired]
    public required MapQuestion Question { get; set; }

    [Parameter]
    public bool IsOpen { get; set; }

    [Parameter]
    public EventCallback<bool> IsOpenChanged { get; set; }

    IStringLocalizer<UiText> Text => texts;

    // What is drawn is what people mean; the rest may be chosen too.
    List<LayerDefinition> Choices => [.. Layers.Where(layer => Counts.GetValueOrDefault(layer.Id) > 0).OrderBy(layer => !Visible.Contains(layer.Id) || !MapQuestion.Concerns(layer))];
    LayerDefinition Chosen => Choices.Find(layer => layer.Id == _layer) ?? Choices[0];
    IReadOnlyList<string> Namings => FieldNaming.Of(Chosen);
    long Rows => Answers?.TryGetValue(Chosen.Id, out var answer) == true ? answer.Number : Counts.GetValueOrDefault(Chosen.Id);
    bool NeedsConfirmation => Rows > options.Limit;

    // Whoever confirms means the number that he read.
    bool IsConfirmed => _confirmed == (Chosen.Id, Rows);

    string Url
    {
        get
        {
            var parts = new[]
            {
                FeatureQueryText.Format(Question.Of(Chosen)), _crs == Systems[0] ? "" : $"crs=EPSG:{_crs}", Namings.Contains(_naming) ? $"generation={Uri.EscapeDataString(_naming)}" : "",
                NeedsConfirmation ? "confirm=yes" : "",
            };
            return $"/export/{Chosen.Id}.{_format}" + (string.Join('&', parts.Where(part => part.Length > 0)) is { Length: > 0 } query ? "?" + query : "");
        }
    }

    void Choose(string? layer) => (_layer, _naming, _confirmed) = (layer, "", null);

    string NamingTitle(string naming) => naming switch { FieldNaming.Own => Text["naming.own"], FieldNaming.Chinese => Text["naming.zh"], _ => naming.ToUpperInvariant() };
}
