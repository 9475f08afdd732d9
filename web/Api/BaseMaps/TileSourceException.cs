namespace CityOps.Gis.Web.Api.BaseMaps;

/// <summary>A base map that gives no tile; the address is without its key.</summary>
public sealed class TileSourceException(string map, string reason, Exception? inner = null) : Exception($"Base map '{map}': {reason}", inner);
