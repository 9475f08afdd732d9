namespace CityOps.Gis.Queries.Cql2;

/// <summary>What kind of word a token is.</summary>
enum CqlTokenKind
{
    End,
    /// <summary>A keyword, property or function.</summary>
    Name,
    /// <summary>A property in double quotes.</summary>
    QuotedName,
    Text,
    Number,
    /// <summary>An operator, bracket or comma.</summary>
    Symbol,
    /// <summary>A character that begins no word, or a quote that is not closed.</summary>
    Wrong,
}
