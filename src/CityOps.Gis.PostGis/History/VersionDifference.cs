using CityOps.Gis.Crs;
using CityOps.Gis.Features;
using CityOps.Gis.Layers;
using NetTopologySuite.Geometries;

namespace CityOps.Gis.PostGis.History;

/// <summary>Compares two versions of a feature: its fields in the order of the layer's form, then where it belongs, then where it lies.</summary>
public static class VersionDifference
{
    /// <summary>What differs, the earlier value first.</summary>
    public static IReadOnlyList<FieldChange> Fields(LayerDefinition layer, Feature before, Feature after) =>
    [
        .. layer.StoredFields
            .Select(field => new FieldChange(field.Name, before.Values.GetValueOrDefault(field.Name), after.Values.GetValueOrDefault(field.Name)))
            .Where(one => !AreSame(one.Before, one.After)),
        .. Belonging(before.Jurisdiction, after.Jurisdiction),
    ];

    /// <summary>How far it went; null where it lies as before. Of shapes the middle of the box counts.</summary>
    public static FeatureMove? Move(Feature before, Feature after)
    {
        if (before.Geometry is not { IsEmpty: false } from || after.Geometry is not { IsEmpty: false } to || from.EqualsExact(to))
            return null;
        var (start, end) = (Middle(from), Middle(to));
        return new(start.X, start.Y, end.X, end.Y, Geodesic.Meters(start.X, start.Y, end.X, end.Y));
    }

    /// <summary>The middle of a geometry's box: where the product counts what is no point.</summary>
    public static Coordinate Middle(Geometry place) => place is Point point ? point.Coordinate : place.EnvelopeInternal.Centre;

    // The finest level that differs says it all: its code begins with those above.
    static IEnumerable<FieldChange> Belonging(Jurisdiction before, Jurisdiction after)
    {
        var levels = new FieldChange[]
        {
            new("grid_code", before.Grid, after.Grid), new("community_code", before.Community, after.Community),
            new("subdistrict_code", before.Subdistrict, after.Subdistrict), new("district_code", before.District, after.District),
        };
        return levels.Where(level => !AreSame(level.Before, level.After)).Take(1)
            .Concat(before.Department == after.Department ? [] : [new("department_code", before.Department, after.Department)]);
    }

    static bool AreSame(object? before, object? after)
        => before is string[] one && after is string[] other ? one.SequenceEqual(other) : Equals(before is "" ? null : before, after is "" ? null : after);
}
