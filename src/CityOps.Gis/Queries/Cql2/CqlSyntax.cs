namespace CityOps.Gis.Queries.Cql2;

/// <summary>What a text says, not yet compared with a layer: a tree, or the first fault.</summary>
sealed record CqlSyntax(CqlExpression? Root, CqlFault? Fault)
{
    /// <summary>Characters a filter may have. A statement takes 65,535 parameters, and so many values as that do not fit into fewer characters than these.</summary>
    public const int MostCharacters = 100_000;

    /// <summary>Brackets, calls and signs within each other, so that no filter exhausts the stack.</summary>
    public const int MostDepth = 64;

    public static CqlFault TooLong(string text)
        => CqlFault.At(text, MostCharacters, $"过滤条件超过 {MostCharacters} 个字符。", $"the filter has more than {MostCharacters} characters.");
}
