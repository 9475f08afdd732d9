using NetTopologySuite.Geometries;

namespace CityOps.Gis.Features;

/// <summary>One thing of a layer, as it stands now.</summary>
/// <param name="Geometry">In EPSG:4490, longitude first; null where the layer has no geometry.</param>
/// <param name="Values">By field name: string, long, double, <see cref="DateOnly"/>, UTC <see cref="DateTime"/>, bool, string[] or null.</param>
public sealed record Feature(
    string LayerId, long Fid, Geometry? Geometry, Jurisdiction Jurisdiction, IReadOnlyDictionary<string, object?> Values, DateTimeOffset ValidFrom, long? BatchId);
