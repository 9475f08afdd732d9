using CityOps.Gis.BaseMaps;
using CityOps.Gis.Tiling;
using Microsoft.Data.Sqlite;

namespace CityOps.Gis.Web.Api.BaseMaps;

/// <summary>Tiles of an MBTiles file (MBTiles 1.3: a table or view <c>tiles</c>, rows counted from the south). The file is opened for reading only.</summary>
sealed class MbTilesSource(BaseMapDefinition map) : ITileSource
{
    readonly string _connection = new SqliteConnectionStringBuilder { DataSource = map.File, Mode = SqliteOpenMode.ReadOnly }.ToString();

    // SQLite answers from the file at once; its driver is not asynchronous.
    public Task<TilePicture?> Fetch(TileCoord tile, CancellationToken cancel) => Task.Run(() => Read(tile), cancel);

    TilePicture? Read(TileCoord tile)
    {
        try
        {
            using var connection = new SqliteConnection(_connection);
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "select tile_data from tiles where zoom_level = $zoom and tile_column = $column and tile_row = $row";
            command.Parameters.AddWithValue("$zoom", tile.Zoom);
            command.Parameters.AddWithValue("$column", tile.X);
            command.Parameters.AddWithValue("$row", (1 << tile.Zoom) - 1 - tile.Y);
            if (command.ExecuteScalar() is not byte[] bytes)
                return null;
            var picture = new TilePicture(bytes);
            return picture.ContentType is not null ? picture : throw new TileSourceException(map.Id, $"tile {tile} is no picture; files of vector tiles are not shown.");
        }
        catch (SqliteException fault)
        {
            throw new TileSourceException(map.Id, $"the file {Path.GetFileName(map.File)} cannot be read.", fault);
        }
    }
}
