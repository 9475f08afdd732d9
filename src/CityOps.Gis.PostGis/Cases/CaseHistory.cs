using Npgsql;

namespace CityOps.Gis.PostGis.Cases;

/// <summary>What cases have gone through, as far as the caller sees the case.</summary>
public sealed class CaseHistory(CallerDatabase source)
{
    /// <summary>How a case stands; null where the caller sees none.</summary>
    public async Task<CaseState?> Find(long fid, CancellationToken cancel = default)
    {
        await using var connection = await source.Open(cancel);
        return (await CaseRows.Find(connection, fid, isLocked: false, cancel))?.State;
    }

    /// <summary>Its moves in order; none for a case that was taken over and has not moved here.</summary>
    public async Task<IReadOnlyList<MadeMove>> Of(long fid, CancellationToken cancel = default)
    {
        await using var connection = await source.Open(cancel);
        return await CaseRows.Moves(connection, fid, cancel);
    }

    /// <summary>A photo's bytes, JPEG; null where there is none that the caller sees.</summary>
    /// <param name="isSmall">The one for lists.</param>
    public async Task<byte[]?> Photo(Guid id, bool isSmall, CancellationToken cancel = default)
    {
        await using var command = source.CreateCommand($"select {(isSmall ? "small" : "bytes")} from cases.photo where id = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = id });
        return await command.ExecuteScalarAsync(cancel) as byte[];
    }
}
