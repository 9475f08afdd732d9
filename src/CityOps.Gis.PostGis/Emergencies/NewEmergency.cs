using NetTopologySuite.Geometries;

namespace CityOps.Gis.PostGis.Emergencies;

/// <summary>An emergency that somebody wants to open.</summary>
public sealed record NewEmergency(string Title)
{
    /// <summary>Code of the area of the spine that it is about.</summary>
    public string? Area { get; init; }

    /// <summary>Instead of it: a polygon in degrees (EPSG:4490).</summary>
    public Geometry? Polygon { get; init; }

    /// <summary>A sender that may send twice names each emergency once: the second time it gets the one of the first.</summary>
    public Guid? Token { get; init; }
}
