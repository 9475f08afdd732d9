using CityOps.Gis.Layers;
using CityOps.Gis.Queries;
using CityOps.Gis.Queries.Cql2;
using NetTopologySuite.Geometries;

namespace CityOps.Gis.Tiles.Snapshots.Predicates;

/// <summary>Which questions a snapshot answers: it holds a layer's codes, times, places and the fields sent to tiles, as they are now.</summary>
public static class SnapshotAnswers
{
    /// <summary>Why memory cannot answer and PostGIS must; null = memory can. Depends on the layer's definition alone.</summary>
    public static LocalText? Refusal(LayerDefinition layer, FeatureQuery query)
        => query.AsOf is not null ? new("过去某一时刻的数据由数据库回答。", "What stood in the past is for the database to say.")
            : query.Near is not null && layer.Geometry != GeometryKind.Point ? new("到线和面的距离由数据库计算。", "Distances to lines and areas are for the database to measure.")
            : query.Text is not null && Searchable(layer).FirstOrDefault(field => !Holds(layer, field.Name)) is { } field ? NotHeld(field.Name)
            : query.Filter is { } filter ? Refusal(layer, filter.Normal)
            : null;

    internal static IEnumerable<LayerField> Searchable(LayerDefinition layer) => layer.StoredFields.Where(field => field is { Searchable: true, Type: FieldType.Text });

    static LocalText? Refusal(LayerDefinition layer, CqlExpression one) => one switch
    {
        CqlProperty property => property.Type == CqlType.Geometry || Holds(layer, property.Name) ? null : NotHeld(property.Name),
        CqlCall { Operator.Kind: CqlOperatorKind.Spatial } call => IsOfAreas(layer, call) ? null
            : new($"{call.Name.ToUpperInvariant()} 由数据库判断。", $"{call.Name.ToUpperInvariant()} of these places is for the database to decide."),
        CqlCall call => call.Arguments.Select(operand => Refusal(layer, operand)).FirstOrDefault(refusal => refusal is not null),
        _ => null,
    };

    // Points lie within what they meet, but for its very edge.
    static bool IsOfAreas(LayerDefinition layer, CqlCall call) => call switch
    {
        { Name: "s_intersects", Arguments: [CqlProperty, CqlGeometry area] } => IsArea(area),
        { Name: "s_intersects", Arguments: [CqlGeometry area, CqlProperty] } => IsArea(area),
        { Name: "s_within", Arguments: [CqlProperty, CqlGeometry area] } => layer.Geometry == GeometryKind.Point && IsArea(area),
        { Name: "s_contains", Arguments: [CqlGeometry area, CqlProperty] } => layer.Geometry == GeometryKind.Point && IsArea(area),
        _ => false,
    };

    static bool IsArea(CqlGeometry one) => one.Place is Polygon or MultiPolygon;

    static bool Holds(LayerDefinition layer, string name)
        => name is "fid" or "occurred_at" || SnapshotColumns.Codes.Contains(name) || layer.Find(name) is { Stored: true, InTile: true, Type: not FieldType.List };

    static LocalText NotHeld(string field) => new($"字段“{field}”不在内存中（未写入瓦片）。", $"Field '{field}' is not in memory, as it is not sent to tiles.");
}
