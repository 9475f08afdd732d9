using CityOps.Gis.Access;
using CityOps.Gis.PostGis.Cases;
using Npgsql;
using NpgsqlTypes;

namespace CityOps.Gis.PostGis.Assessment;

/// <summary>Photos of checks on the spot and of appeals, for who sees what they are of.</summary>
public sealed class CheckPhotos(CallerDatabase source)
{
    /// <summary>A photo's bytes, JPEG; null where there is none that the caller sees.</summary>
    public async Task<byte[]?> Find(Guid id, bool isSmall, CancellationToken cancel = default)
    {
        await using var connection = await PersonConnection.Open(source, cancel);
        await using var command = new NpgsqlCommand($"select {(isSmall ? "small" : "bytes")} from assessment.photo where id = $1", connection) { Parameters = { new() { Value = id } } };
        return await command.ExecuteScalarAsync(cancel) as byte[];
    }

    /// <param name="after">Position of the last one that is there.</param>
    internal static async Task Write(CallerTransaction work, IReadOnlyList<NewPhoto> photos, long? appeal, long? check, int after, CancellationToken cancel)
    {
        foreach (var (at, photo) in photos.Index())
            await work.Run("insert into assessment.photo (id, check_fid, appeal, position, width, height, bytes, small, who_id, who) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)", cancel, (Guid.NewGuid(), NpgsqlDbType.Uuid),
                (check, NpgsqlDbType.Bigint), (appeal, NpgsqlDbType.Bigint), ((short)(after + at + 1), NpgsqlDbType.Smallint), (photo.Width, NpgsqlDbType.Integer), (photo.Height, NpgsqlDbType.Integer),
                (photo.Bytes, NpgsqlDbType.Bytea), (photo.Small, NpgsqlDbType.Bytea), (Caller.Current.Id, NpgsqlDbType.Text), (Caller.Current.Name, NpgsqlDbType.Text));
    }
}
