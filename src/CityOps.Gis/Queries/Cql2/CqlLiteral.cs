namespace CityOps.Gis.Queries.Cql2;

/// <summary>A value that stands in the filter.</summary>
/// <param name="Value">
/// <see cref="string"/>, <see cref="long"/> or <see cref="double"/>, <see cref="bool"/>, <see cref="DateOnly"/>, <see cref="DateTimeOffset"/> in UTC. The first and the last
/// of the calendar stand for "ever", as they do in PostgreSQL by Npgsql.
/// </param>
public sealed record CqlLiteral(object Value, int Offset = 0) : CqlExpression(Offset)
{
    public override CqlType Type => Value switch
    {
        string => CqlType.Text,
        long or double => CqlType.Number,
        bool => CqlType.Boolean,
        DateOnly => CqlType.Date,
        _ => CqlType.Timestamp,
    };
}
