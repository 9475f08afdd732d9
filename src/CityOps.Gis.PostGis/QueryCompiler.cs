using CityOps.Gis.Layers;
using CityOps.Gis.Queries;

namespace CityOps.Gis.PostGis;

/// <summary>Turns the one question into conditions on a layer's table. Removed features answer only a question for their status.</summary>
public static class QueryCompiler
{
    public static SqlFilter Compile(LayerDefinition layer, FeatureQuery query)
    {
        var filter = new SqlFilter();
        AnyOf(filter, "district_code", query.Districts);
        AnyOf(filter, "subdistrict_code", query.Subdistricts);
        AnyOf(filter, "community_code", query.Communities);
        AnyOf(filter, "grid_code", query.Grids);
        if (query.Departments.Count > 0)
            filter.And($"department_code = any(cityops.departments_below({filter.Value(query.Departments.ToArray())}))");
        Classes(filter, query.Classes);
        AnyOf(filter, "status", query.Statuses);
        if (layer.RemovedStatus is { } removed && !query.Statuses.Contains(removed))
            filter.And($"status is distinct from {filter.Value(removed)}");
        if (query.From is { } from)
            filter.And($"occurred_at >= {filter.Value(from.UtcDateTime)}");
        if (query.To is { } to)
            filter.And($"occurred_at < {filter.Value(to.UtcDateTime)}");
        if (query.Box is { } box && layer.Geometry != GeometryKind.None)
            filter.And($"ST_Intersects(geom, {Envelope(filter, box)})");
        return filter;
    }

    /// <summary>A box in degrees as a geometry expression in EPSG:4490.</summary>
    public static string Envelope(SqlFilter filter, (double West, double South, double East, double North) box)
        => $"ST_MakeEnvelope({filter.Value(box.West)}, {filter.Value(box.South)}, {filter.Value(box.East)}, {filter.Value(box.North)}, 4490)";

    // A major (大类) is asked for by its two digits.
    static void Classes(SqlFilter filter, IReadOnlyList<string> classes)
    {
        var whole = classes.Where(code => code.Length > 2).ToArray();
        var majors = classes.Where(code => code.Length <= 2).ToArray();
        var either = new List<string>();
        if (whole.Length > 0)
            either.Add($"class_code = any({filter.Value(whole)})");
        if (majors.Length > 0)
            either.Add($"left(class_code, 2) = any({filter.Value(majors)})");
        if (either.Count > 0)
            filter.And($"({string.Join(" or ", either)})");
    }

    static void AnyOf(SqlFilter filter, string column, IReadOnlyList<string> codes)
    {
        if (codes.Count > 0)
            filter.And($"{column} = any({filter.Value(codes.ToArray())})");
    }
}
