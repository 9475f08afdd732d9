namespace CityOps.Gis.Leaflet;

/// <summary>The map's own words, in the language of the page.</summary>
/// <param name="Language"><c>zh</c> or <c>en</c>: how counts are written.</param>
public sealed record MapTexts(string Language, string Map, string ZoomIn, string ZoomOut, string Attribution)
{
    /// <summary>Needed where there are tools or a handle.</summary>
    public MapToolTexts? Tools { get; init; }

    /// <summary>That something of the map did not come and is asked for again by itself; null = nothing is said.</summary>
    public string? Missing { get; init; }

    /// <summary>Asks for it at once.</summary>
    public string? AskAgain { get; init; }
}
