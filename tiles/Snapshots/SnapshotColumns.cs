using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;

namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>What a snapshot reads of a layer's table, in the order in which the builder takes it; values come in PostgreSQL's binary form.</summary>
public static class SnapshotColumns
{
    public const int Fid = 0, Geometry = 1, FirstCode = 2, Time = 9, FirstAttribute = 10;

    /// <summary>Columns that questions are asked of, in the order of <see cref="LayerSnapshot.Codes"/>.</summary>
    public static IReadOnlyList<string> Codes { get; } = ["district_code", "subdistrict_code", "community_code", "grid_code", "department_code", "class_code", "status"];

    /// <summary>Fields sent to tiles that are not one of <see cref="Codes"/>.</summary>
    public static IEnumerable<LayerField> OwnAttributes(LayerDefinition layer) => layer.StoredFields.Where(field => field.InTile && !IsShared(field));

    public static bool IsShared(LayerField field) => field.Name is "class_code" or "status";

    /// <summary>All columns; one that is a time and an attribute stands twice.</summary>
    public static IReadOnlyList<(string Name, string Type)> Of(LayerDefinition layer)
    {
        IEnumerable<(string, string)> fixedOnes = [("fid", "bigint"), ("geom", "geometry"), .. Codes.Select(name => (name, "text")), ("occurred_at", "timestamp with time zone")];
        return [.. fixedOnes, .. OwnAttributes(layer).Select(field => (field.Name, LayerTable.TypeOf(field)))];
    }

    /// <summary>The statement whose binary COPY the builder takes, for some pages of the layer's tables.</summary>
    internal static string Select(LayerDefinition layer, IEnumerable<TablePages> pages)
    {
        var columns = string.Join(", ", Of(layer).Select(column => SqlName.Quote(column.Name)));
        return string.Join(" union all ", pages.Select(some => $"select {columns} from {some.Source}"));
    }
}
