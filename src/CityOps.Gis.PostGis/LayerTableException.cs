namespace CityOps.Gis.PostGis;

/// <summary>A definition whose field has another type than the column that holds its data.</summary>
public sealed class LayerTableException(string layerId, string field, string found, string wanted)
    : Exception($"Layer {layerId}: field '{field}' is {wanted} in its definition and {found} in the table. Give the field a new name, or convert the column first.")
{
    public string LayerId { get; } = layerId;
    public string Field { get; } = field;
}
