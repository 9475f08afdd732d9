namespace CityOps.Gis.Layers;

/// <summary>Type of a field; each has one PostgreSQL type (<c>text, bigint, double precision, date, timestamptz, boolean, text[]</c>).</summary>
public enum FieldType
{
    Text,
    Integer,
    Real,
    Date,
    DateTime,
    Boolean,
    /// <summary>Several texts; in a flat file separated by <c>;</c>.</summary>
    List,
}
