namespace CityOps.Gis.Layers;

/// <summary>A text for people in Chinese and English.</summary>
public sealed record LocalText(string Zh, string En)
{
    /// <summary>The text for a UI language: Chinese for <c>zh…</c>, else English.</summary>
    public string In(string language) => language.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? Zh : En;
}
