using CityOps.Gis.Crs;
using CityOps.Gis.PostGis.Collections;

namespace CityOps.Gis.Web.Api.Ogc;

/// <summary>A reference system the API speaks (OGC API Features part 2). Coordinates stand in the order of its authority.</summary>
/// <param name="Epsg">0 for CRS84, which is not EPSG's.</param>
/// <param name="IsNorthFirst">Latitude or northing is the first axis, as EPSG defines for geographic systems and for Gauss-Krüger zones.</param>
public sealed record OgcCrs(string Uri, int Epsg, string Name, bool IsNorthFirst)
{
    const int PlaneDecimals = 4; // a tenth of a millimetre

    readonly CoordinateTransform? _toStored = IsPlane(Epsg) ? CoordinateTransform.To4490(CrsCatalog.Find(Epsg)!) : null;

    /// <summary>Longitude and latitude: what GeoJSON has unless something else is asked for.</summary>
    public static OgcCrs Crs84 { get; } = new("http://www.opengis.net/def/crs/OGC/1.3/CRS84", 0, "WGS 84 longitude-latitude", false);

    /// <summary>CGCS2000: what coordinates are stored in.</summary>
    public static OgcCrs Storage { get; } = OfEpsg(4490, isNorthFirst: true);

    /// <summary>What every collection offers, the default first.</summary>
    public static IReadOnlyList<OgcCrs> All { get; } = [Crs84, Storage, OfEpsg(4326, true), OfEpsg(3857, false), OfEpsg(4548, true), OfEpsg(4527, true)];

    /// <summary>How stored coordinates go out in this system.</summary>
    public OutputCrs Output { get; } = new(IsPlane(Epsg) ? CoordinateTransform.From4490(CrsCatalog.Find(Epsg)!) : null, IsNorthFirst, PlaneDecimals);

    /// <summary>A rectangle along the axes is one in degrees too.</summary>
    public bool KeepsRectangles => !IsPlane(Epsg) || Epsg == 3857;

    /// <summary>The system of a URI, a URN or a CURIE; null where the API does not speak it.</summary>
    public static OgcCrs? Find(string text)
    {
        text = text.Trim('[', ']', '<', '>');
        return All.FirstOrDefault(one => text == one.Uri || one.Epsg > 0 && (text == $"EPSG:{one.Epsg}" || text == $"urn:ogc:def:crs:EPSG::{one.Epsg}")
            || one.Epsg == 0 && text is "OGC:CRS84" or "urn:ogc:def:crs:OGC:1.3:CRS84" or "urn:ogc:def:crs:OGC::CRS84");
    }

    /// <summary>A position in this system, in its axis order, as longitude and latitude.</summary>
    public (double Longitude, double Latitude) ToStored(double first, double second)
    {
        var (x, y) = IsNorthFirst ? (second, first) : (first, second);
        return _toStored?.Apply(x, y) ?? (x, y);
    }

    static bool IsPlane(int epsg) => epsg is not (0 or 4490 or 4326);

    static OgcCrs OfEpsg(int code, bool isNorthFirst) => new($"http://www.opengis.net/def/crs/EPSG/0/{code}", code, CrsCatalog.Find(code)!.Name, isNorthFirst);
}
