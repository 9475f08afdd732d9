using CityOps.Gis.Layers;

namespace CityOps.Gis.Queries.Cql2;

/// <summary>A property of the feature.</summary>
/// <param name="Queryable">The layer's property of that name; null until the filter was checked.</param>
public sealed record CqlProperty(string Name, Queryable? Queryable = null, int Offset = 0) : CqlExpression(Offset)
{
    public override CqlType Type => Queryable switch
    {
        null => CqlType.Unknown,
        { Type: null } => CqlType.Geometry,
        { Type: FieldType.Integer or FieldType.Real } => CqlType.Number,
        { Type: FieldType.Date } => CqlType.Date,
        { Type: FieldType.DateTime } => CqlType.Timestamp,
        { Type: FieldType.Boolean } => CqlType.Boolean,
        { Type: FieldType.List } => CqlType.List,
        _ => CqlType.Text,
    };

    /// <summary>A whole number: compared with another one without rounding.</summary>
    public bool IsInteger => Queryable?.Type == FieldType.Integer;
}
