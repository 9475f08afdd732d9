namespace CityOps.Gis.Tiles.Serving;

/// <summary>How a tile's bytes are packed on the way.</summary>
public enum ContentCoding
{
    Identity,
    Gzip,
    Brotli,
}
