namespace CityOps.Gis.Queries;

/// <summary>Patterns of <c>LIKE</c>: <c>%</c> is any run of characters, <c>_</c> any one, a backslash takes the meaning from what follows it.</summary>
public static class LikePattern
{
    /// <summary>A pattern that stands for the text itself.</summary>
    public static string Escape(string text)
        => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}
