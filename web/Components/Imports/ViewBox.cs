using System.Globalization;
using CityOps.Gis.Leaflet;
using CityOps.Gis.PostGis.Batches;

namespace CityOps.Gis.Web.Components.Imports;

/// <summary>The box of a map's view, wide enough for any screen, for maps that show what lies in view only.</summary>
static class ViewBox
{
    // Half of a large screen, and the side of the world at zoom 0.
    const double HalfWidthPixels = 1_300, HalfHeightPixels = 800, WorldPixels = 256;

    public static MapBox Around(MapViewport viewport)
    {
        var degreesPerPixel = 360 / (WorldPixels * Math.Pow(2, viewport.Zoom));
        var (width, height) = (HalfWidthPixels * degreesPerPixel, HalfHeightPixels * degreesPerPixel * Math.Cos(viewport.Latitude * Math.PI / 180));
        return new(viewport.Longitude - width, viewport.Latitude - height, viewport.Longitude + width, viewport.Latitude + height);
    }

    public static string Text(MapBox box) => string.Create(CultureInfo.InvariantCulture, $"{box.West:0.######},{box.South:0.######},{box.East:0.######},{box.North:0.######}");
}
