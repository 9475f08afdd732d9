namespace CityOps.Gis.Queries.Cql2;

/// <summary>What an expression gives.</summary>
public enum CqlType
{
    /// <summary>Not known before the filter is checked against a layer.</summary>
    Unknown,
    Boolean,
    Text,
    Number,
    /// <summary>A day.</summary>
    Date,
    /// <summary>A moment.</summary>
    Timestamp,
    Interval,
    Geometry,
    List,
}
