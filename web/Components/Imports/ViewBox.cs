using System.Globalization;
using CityOps.Gis.Leaflet;
using CityOps.Gis.PostGis.Batches;

namespace CityOps.Gis.Web.Components.Imports;

/// <summary>Boxes for the maps of the import pages: what is in view, wide enough for any screen, and what is to come into view.</summary>
static class ViewBox
{
    // Half of a large screen, and the side of the world at zoom 0.
    const double HalfWidthPixels = 1_300, HalfHeightPixels = 800, WorldPixels = 256;

    const double NearEnough = 17, StreetDegrees = 0.0006;

    public static MapBox Around(MapViewport viewport)
    {
        var degreesPerPixel = 360 / (WorldPixels * Math.Pow(2, viewport.Zoom));
        var (width, height) = (HalfWidthPixels * degreesPerPixel, HalfHeightPixels * degreesPerPixel * Math.Cos(viewport.Latitude * Math.PI / 180));
        return new(viewport.Longitude - width, viewport.Latitude - height, viewport.Longitude + width, viewport.Latitude + height);
    }

    /// <summary>A box of a street's width around a place, where the map is too far away for a lamp to be seen in it; null where it is near enough.</summary>
    public static MapBounds? Close(MapViewport? now, double longitude, double latitude)
        => now is { Zoom: >= NearEnough } ? null : new(longitude - StreetDegrees, latitude - StreetDegrees, longitude + StreetDegrees, latitude + StreetDegrees);

    public static string Text(MapBox box) => string.Create(CultureInfo.InvariantCulture, $"{box.West:0.######},{box.South:0.######},{box.East:0.######},{box.North:0.######}");
}
