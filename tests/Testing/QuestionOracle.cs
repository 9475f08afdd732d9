using CityOps.Gis.Layers;
using CityOps.Gis.Queries;
using NetTopologySuite.Geometries;

namespace CityOps.Gis.Testing;

/// <summary>Which features answer a question, one by one from their values. Circles it leaves to PostGIS.</summary>
public sealed class QuestionOracle(LayerDefinition layer, FeatureQuery query)
{
    public bool Answers(IReadOnlyDictionary<string, object?> row)
    {
        string? Text(string column) => row.GetValueOrDefault(column) as string;
        bool IsAny(IReadOnlyList<string> codes, string column) => codes.Count == 0 || (Text(column) is { } code && codes.Contains(code));
        var place = row["geom"] as Geometry;
        return IsAny(query.Districts, "district_code") && IsAny(query.Subdistricts, "subdistrict_code") && IsAny(query.Communities, "community_code") && IsAny(query.Grids, "grid_code")
            && (query.Departments.Count == 0 || IsBelow(Text("department_code"), query.Departments))
            && (query.Classes.Count == 0 || (Text("class_code") is { } code && query.Classes.Any(one => one.Length <= 2 ? code[..2] == one : code == one)))
            && IsAny(query.Statuses, "status") && (query.Statuses.Contains(layer.RemovedStatus!) || Text("status") != layer.RemovedStatus)
            && (query.From is null || row["occurred_at"] is DateTimeOffset since && since >= query.From) && (query.To is null || row["occurred_at"] is DateTimeOffset until && until < query.To)
            && (query.Polygon is null || (place is { IsEmpty: false } && place.Intersects(query.Polygon)))
            && query.Words.All(word => layer.StoredFields.Where(field => field.Searchable).Any(field => Text(field.Name) is { } text && CaseFolding.Fold(text).Contains(CaseFolding.Fold(word), StringComparison.Ordinal)))
            && (query.Filter is null || CqlOracle.Truth(query.Filter.Root, row) == true)
            && (query.Scope is not { } scope || IsSeen(scope, Text));
    }

    static bool IsSeen(JurisdictionScope scope, Func<string, string?> text)
        => scope.Districts.Contains(text("district_code")!) || scope.Subdistricts.Contains(text("subdistrict_code")!) || scope.Communities.Contains(text("community_code")!)
            || scope.Grids.Contains(text("grid_code")!) || IsBelow(text("department_code"), scope.Departments);

    static bool IsBelow(string? code, IReadOnlyList<string> codes)
    {
        for (; code is not null; code = OddLayers.Above.GetValueOrDefault(code))
            if (codes.Contains(code))
                return true;
        return false;
    }
}
