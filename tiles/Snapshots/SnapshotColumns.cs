using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;

namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>What a snapshot reads of a layer's table, in the order in which the builder takes it.</summary>
public static class SnapshotColumns
{
    public const int Fid = 0, Geometry = 1, FirstCode = 2, Time = 9, FirstAttribute = 10;

    /// <summary>Columns that questions are asked of, in the order of <see cref="LayerSnapshot.Codes"/>.</summary>
    public static IReadOnlyList<string> Codes { get; } = ["district_code", "subdistrict_code", "community_code", "grid_code", "department_code", "class_code", "status"];

    /// <summary>Fields sent to tiles that are not one of <see cref="Codes"/>.</summary>
    public static IEnumerable<LayerField> OwnAttributes(LayerDefinition layer) => layer.StoredFields.Where(field => field.InTile && !IsShared(field));

    public static bool IsShared(LayerField field) => field.Name is "class_code" or "status";

    /// <summary>The statement whose binary COPY the builder takes.</summary>
    public static string Select(LayerDefinition layer)
        => $"select {string.Join(", ", ["fid", "geom", .. Codes, "occurred_at", .. OwnAttributes(layer).Select(Sql)])} from {SqlName.Table(layer.Id)}";

    // Dates and lists as the SQL executor writes them into its tiles.
    static string Sql(LayerField field) => field.Type switch
    {
        FieldType.List => $"array_to_string({SqlName.Quote(field.Name)}, ';')",
        FieldType.Date or FieldType.DateTime => $"to_json({SqlName.Quote(field.Name)}) #>> '{{}}'",
        _ => SqlName.Quote(field.Name),
    };
}
