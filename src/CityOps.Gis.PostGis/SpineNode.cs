using NetTopologySuite.Geometries;

namespace CityOps.Gis.PostGis;

/// <summary>An area of the spine, or a department, as a tree shows it.</summary>
/// <param name="LayerId">Layer of the spine that holds it.</param>
/// <param name="Fid">Number of the feature, by which its outline is asked for.</param>
/// <param name="Depth">Of a department: how many stand above it.</param>
public sealed record SpineNode(string LayerId, long Fid, string Code, string? Name, int Depth = 0)
{
    /// <summary>Box around an area in degrees (EPSG:4490), not to be changed; null for a department, and where there is no outline.</summary>
    public Envelope? Box { get; init; }

    /// <summary>The name, else the code.</summary>
    public string Title => Name is { Length: > 0 } ? Name : Code;
}
