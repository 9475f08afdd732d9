using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Queries;
using CityOps.Gis.Queries;
using NetTopologySuite.Geometries;

namespace CityOps.Gis.PostGis;

/// <summary>
/// Turns the one question into conditions on a layer's table. Removed features answer only a question for their status. Whoever lists, counts, draws or exports
/// takes its conditions and its source from here, so that all give the same features for the same question.
/// </summary>
public static class QueryCompiler
{
    const int MostEstimated = 128;

    /// <summary>Adds the question's conditions to a new filter; every value of a caller is a parameter.</summary>
    public static SqlFilter Compile(LayerDefinition layer, FeatureQuery query)
    {
        var filter = new SqlFilter();
        AnyOf(filter, "district_code", query.Districts);
        AnyOf(filter, "subdistrict_code", query.Subdistricts);
        AnyOf(filter, "community_code", query.Communities);
        AnyOf(filter, "grid_code", query.Grids);
        if (query.Departments.Count > 0)
            filter.And(Departments(filter, query.Departments));
        Classes(filter, query.Classes);
        AnyOf(filter, "status", query.Statuses);
        if (layer.RemovedStatus is { } removed && !query.Statuses.Contains(removed))
            filter.And($"status is distinct from {filter.Value(removed)}");
        if (query.From is { } from)
            filter.And($"occurred_at >= {filter.Value(from.UtcDateTime)}");
        if (query.To is { } to)
            filter.And($"occurred_at < {filter.Value(to.UtcDateTime)}");
        Places(filter, layer, query);
        foreach (var word in query.Words)
            filter.And(Word(filter, layer, word));
        if (query.Filter is { } asked)
            filter.And(new CqlSql(filter).Condition(asked.Normal));
        if (query.Scope is { } scope)
            filter.And(Within(filter, scope));
        return filter;
    }

    /// <summary>
    /// What the conditions are put to, as it stands behind <c>from</c>: the layer's table, or of a day in the past the rows of table and history that were valid then,
    /// under the same column names.
    /// </summary>
    public static string Source(LayerDefinition layer, FeatureQuery query, SqlFilter filter)
    {
        if (query.AsOf is not { } moment)
            return SqlName.Table(layer.Id);
        var (then, columns) = (filter.Value(moment.UtcDateTime), string.Join(", ", LayerTable.ColumnsOf(layer).Select(column => SqlName.Quote(column.Name))));
        return $"""
            (select {columns} from {SqlName.Table(layer.Id)} where valid_from <= {then}
            union all select {columns} from {SqlName.History(layer.Id)} where valid_from <= {then} and valid_to > {then}) {SqlName.Quote(layer.Id)}
            """;
    }

    /// <summary>A box in degrees as a geometry expression in EPSG:4490.</summary>
    public static string Envelope(SqlFilter filter, (double West, double South, double East, double North) box)
        => $"ST_MakeEnvelope({filter.Value(box.West)}, {filter.Value(box.South)}, {filter.Value(box.East)}, {filter.Value(box.North)}, {LayerTable.StoredSrid})";

    /// <summary>A geometry in degrees as an expression in EPSG:4490.</summary>
    public static string Place(SqlFilter filter, Geometry place) => $"ST_GeomFromWKB({filter.Value(place.AsBinary())}, {LayerTable.StoredSrid})";

    static void Places(SqlFilter filter, LayerDefinition layer, FeatureQuery query)
    {
        if (layer.Geometry == GeometryKind.None)
        {
            // What has no place lies nowhere.
            if (query.Polygon is not null || query.Near is not null)
                filter.And("false");
            return;
        }
        if (query.Box is { } box)
            Touches(filter, query, Envelope(filter, box));
        if (query.Polygon is { } polygon)
            Touches(filter, query, Place(filter, polygon));
        if (query.Near is not { } near)
            return;
        // The box is for the index, which knows degrees only.
        filter.And($"geom && {Envelope(filter, near.Box)}");
        filter.And($"ST_DWithin(geom::geography, ST_SetSRID(ST_MakePoint({filter.Value(near.Longitude)}, {filter.Value(near.Latitude)}), {LayerTable.StoredSrid})::geography, {filter.Value(near.Meters)})");
    }

    // Under row-level security PostgreSQL takes for its index only what gives nothing away, which is said of the overlap of boxes and not of the exact relation
    // (sql/0016); without a lock on the rows the second condition would only spoil the planner's estimates.
    static void Touches(SqlFilter filter, FeatureQuery query, string place)
    {
        if (query.Scope is not null)
            filter.And($"geom && {place}");
        filter.And($"ST_Intersects(geom, {place})");
    }

    // A word is a part of some searchable field.
    static string Word(SqlFilter filter, LayerDefinition layer, string word)
    {
        var pattern = filter.Value($"%{LikePattern.Escape(CaseFolding.Fold(word))}%");
        var fields = layer.StoredFields.Where(field => field is { Searchable: true, Type: FieldType.Text }).ToList();
        return fields.Count == 0 ? "false" : $"({string.Join(" or ", fields.Select(field => $"cityops.fold_case({SqlName.Quote(field.Name)}) like {pattern}"))})";
    }

    // One predicate that stands in the statement itself: under a policy of the table PostgreSQL could not use its spatial index.
    static string Within(SqlFilter filter, JurisdictionScope scope)
    {
        var either = new (string Column, IReadOnlyList<string> Codes)[]
        {
            ("district_code", scope.Districts), ("subdistrict_code", scope.Subdistricts), ("community_code", scope.Communities), ("grid_code", scope.Grids),
        }.Where(one => one.Codes.Count > 0).Select(one => Among(one.Column, filter.Value(one.Codes.ToArray()), one.Codes.Count)).ToList();
        if (scope.Departments.Count > 0)
            either.Add(Departments(filter, scope.Departments));
        return either.Count == 0 ? "false" : $"({string.Join(" or ", either)})";
    }

    // Of an array PostgreSQL estimates each code in each partition: 300 ms for the grids of a district. A list is hashed unseen; "or false" keeps it from being joined,
    // which might turn the statement round.
    static string Among(string column, string codes, int count) => count <= MostEstimated ? $"{column} = any({codes})" : $"({column} in (select unnest({codes}::text[])) or false)";

    // The select is worked out once for the statement, a bare function once for each row.
    static string Departments(SqlFilter filter, IReadOnlyList<string> codes)
        => $"department_code = any((select cityops.departments_below({filter.Value(codes.ToArray())}))::text[])";

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
