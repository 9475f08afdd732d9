namespace CityOps.Gis.Queries.Cql2;

/// <summary>A word of CQL2 text.</summary>
/// <param name="Value">Names and texts without their quotes; numbers and symbols as written.</param>
readonly record struct CqlToken(CqlTokenKind Kind, string Value, int Offset)
{
    /// <summary>Keywords and functions are written in any case.</summary>
    public bool Is(string keyword) => Kind == CqlTokenKind.Name && Value.Equals(keyword, StringComparison.OrdinalIgnoreCase);

    public bool IsSymbol(string symbol) => Kind == CqlTokenKind.Symbol && Value == symbol;
}
