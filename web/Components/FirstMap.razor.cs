using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;
using CityOps.Gis.Web.Api.BaseMaps;
using CityOps.Gis.Web.Api.Ogc;
using CityOps.Gis.Web.Assets;
using CityOps.Gis.Web.Pages;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Npgsql;

namespace CityOps.Gis.Web.Components;

/// <summary>
/// The map in the frame of the map page's document. It draws while the circuit is opened; then the page takes it over as it is (<c>first-map.js</c>). Nothing where the
/// database is away: the page says so.
/// </summary>
public sealed partial class FirstMap(
    LayerCatalog catalog, LayerStatistics statistics, CollectionCounts counts, PartCounts parts, MapStarts starts, BaseMapTiles baseMaps, AssetSet assets, NavigationManager navigation,
    IStringLocalizer<UiText> texts, IStringLocalizer<MapText> toolTexts)
{
    /// <summary>Where the map hears of changed tiles.</summary>
    public const string EventsUrl = "/tiles/events";

    MapAddress _address = null!;
    MapStart? _start;

    protected override async Task OnInitializedAsync()
    {
        _address = MapAddress.Parse(navigation.Uri);
        var numbers = new MapNumbers(catalog, statistics, counts, parts);
        try
        {
            await numbers.Begin(CancellationToken.None);
            _start = await starts.Of(_address, numbers.Whole!, CancellationToken.None);
        }
        catch (NpgsqlException fault) when (fault.IsAway())
        {
            _start = null;
        }
    }
}
