namespace CityOps.Gis.Queries;

/// <summary>Texts that callers send.</summary>
static class QueryTexts
{
    /// <summary>No character that PostgreSQL cannot hold: no zero, no half of a surrogate pair.</summary>
    public static bool IsClean(string text)
    {
        for (var at = 0; at < text.Length; at++)
            if (text[at] == '\0' || (char.IsSurrogate(text[at]) && !(at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]) && ++at > 0)))
                return false;
        return true;
    }
}
