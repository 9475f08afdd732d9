namespace CityOps.Gis.Tiles.Serving;

/// <summary>How tiles are served.</summary>
public sealed record TileServingOptions
{
    /// <summary>Memory for tiles that were made, packed ones included; 0 = every request makes its tile.</summary>
    public long CacheBytes { get; init; } = 256L << 20;

    /// <summary>Origins (<c>https://map.example</c>) whose pages may read the answers; <c>*</c> = all.</summary>
    public string[] CorsOrigins { get; init; } = [];
}
