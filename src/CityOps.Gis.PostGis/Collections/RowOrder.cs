namespace CityOps.Gis.PostGis.Collections;

/// <summary>What the rows of a table are sorted by; features without a value come last, equal ones by their number.</summary>
/// <param name="Column">A stored field, or a column that the database stamps.</param>
public readonly record struct RowOrder(string Column, bool IsDescending)
{
    /// <summary>The columns of a layer that its rows can be sorted by.</summary>
    public static bool Knows(Layers.LayerDefinition layer, string column) => FeatureColumn.Of(layer).Any(one => one.Name == column && one.Type != Layers.FieldType.List);
}
