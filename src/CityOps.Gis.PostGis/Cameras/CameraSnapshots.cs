using CityOps.Gis.PostGis.Cases;
using Npgsql;

namespace CityOps.Gis.PostGis.Cameras;

/// <summary>The last picture of each camera. Who may send one is asked before; who may look at one is asked where it is served.</summary>
/// <param name="source">The product's own.</param>
/// <param name="database">For those who look.</param>
public sealed class CameraSnapshots(NpgsqlDataSource source, CallerDatabase database)
{
    /// <summary>Keeps a picture; false where there is a later one.</summary>
    public async Task<bool> Keep(long camera, DateTimeOffset at, NewPhoto photo, CancellationToken cancel = default)
    {
        await using var command = source.CreateCommand("""
            insert into cameras.snapshot as known (fid, at, width, height, bytes, small) values ($1, $2, $3, $4, $5, $6)
            on conflict (fid) do update set (at, width, height, bytes, small) = (excluded.at, excluded.width, excluded.height, excluded.bytes, excluded.small) where known.at < excluded.at
            """);
        foreach (var value in new object[] { camera, at.UtcDateTime, photo.Width, photo.Height, photo.Bytes, photo.Small })
            command.Parameters.Add(new() { Value = value });
        return await command.ExecuteNonQueryAsync(cancel) > 0;
    }

    /// <summary>JPEG; null where there is none of a camera that the caller of the flow sees.</summary>
    public async Task<byte[]?> Find(long camera, bool isSmall, CancellationToken cancel = default)
    {
        await using var command = database.CreateCommand($"select {(isSmall ? "small" : "bytes")} from cameras.snapshot where fid = $1");
        command.Parameters.Add(new() { Value = camera });
        return await command.ExecuteScalarAsync(cancel) as byte[];
    }
}
