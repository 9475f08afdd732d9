using CityOps.Gis.Tiling;

namespace CityOps.Gis.Web.Api.BaseMaps;

/// <summary>Gives the tiles of a base map.</summary>
interface ITileSource
{
    /// <summary>The picture of a tile, or null where the map has none.</summary>
    /// <exception cref="TileSourceException">The source does not answer, or with something that is no picture.</exception>
    Task<TilePicture?> Fetch(TileCoord tile, CancellationToken cancel);
}
