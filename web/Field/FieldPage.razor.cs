using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using CityOps.Gis.Layers;
using CityOps.Gis.Leaflet;
using CityOps.Gis.PostGis;
using CityOps.Gis.Web.Assets;
using CityOps.Gis.Web.Components;
using CityOps.Gis.Web.Resources;
using Microsoft.Extensions.Localization;
using Npgsql;

namespace CityOps.Gis.Web.Field;

/// <summary>
/// The document for phones: the same for everybody who reads its language, so that the browser may keep it. Scripts (<c>wwwroot/field</c>) fill in what is somebody's. Where the city lies is
/// public.
/// </summary>
public sealed partial class FieldPage(IStringLocalizer<StreetText> texts, IStringLocalizer<UiText> pageTexts, AssetSet assets, LayerCatalog catalog, AreaPlaces places)
{
    public const string Path = "/field";
    static readonly string[] Views = ["report", "tasks", "outbox", "patrol"];

    // Divisions, grids and roads are enough to find a place by, and little to carry.
    static readonly string[] s_drawn = ["districts", "subdistricts", "roads", "unit_grids"];

    // Stands in the document as text: nothing in it may end its element.
    static readonly JsonSerializerOptions s_format = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };
    IReadOnlyList<MapLayer> _layers = [];
    IReadOnlySet<string> _visible = new HashSet<string>();
    MapLayer? _land;
    MapBounds? _bounds;
    MapTexts _mapTexts = null!;

    IStringLocalizer<StreetText> Text => texts;
    string Texts => JsonSerializer.Serialize(texts.GetAllStrings(includeParentCultures: true).DistinctBy(one => one.Name).ToDictionary(one => one.Name, one => one.Value), s_format);

    protected override async Task OnInitializedAsync()
    {
        _mapTexts = new(UiLanguage.Current, pageTexts["Map"], pageTexts["ZoomIn"], pageTexts["ZoomOut"], pageTexts["Attribution"]);
        _layers = [.. s_drawn.Select(catalog.Find).OfType<LayerDefinition>().Select(layer => DrawnLayers.Of(layer, catalog))];
        (_visible, _land) = (_layers.Select(layer => layer.Id).ToHashSet(), _layers.FirstOrDefault(layer => layer.Id == "districts"));
        try
        {
            _bounds = await places.City(CancellationToken.None);
        }
        catch (NpgsqlException fault) when (fault.IsAway())
        {
            // The page works without the database, too; its map begins where the person stands.
            _bounds = null;
        }
    }
}
