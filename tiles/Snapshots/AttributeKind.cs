namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>How an attribute lies in memory; dates and lists are texts, as the SQL executor writes them into tiles.</summary>
public enum AttributeKind
{
    Codes,
    Pooled,
    Integer,
    Real,
    Boolean,
}
