namespace CityOps.Gis.Queries.Cql2;

/// <summary>What kind of operands an operator takes.</summary>
public enum CqlOperatorKind
{
    Logical,
    Comparison,
    Like,
    Between,
    In,
    IsNull,
    Arithmetic,
    /// <summary>Text to text: <c>CASEI</c>, <c>ACCENTI</c>.</summary>
    Character,
    Spatial,
    Temporal,
    Array,
    /// <summary>A day's first or last moment; not part of the language, made when a day stands beside a moment.</summary>
    Moment,
    /// <summary>None of the language's own.</summary>
    Function,
}
