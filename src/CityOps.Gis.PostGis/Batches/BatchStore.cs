using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace CityOps.Gis.PostGis.Batches;

/// <summary>Reads and writes <c>cityops.batch</c>; batches that the caller of the flow may not see (<see cref="DeliveryMaker.IsSeen"/>) are not there for him.</summary>
public sealed class BatchStore(NpgsqlDataSource source)
{
    internal const string Columns = "id, layer_id, state, path, file_hash, settings::text, inspection::text, counts::text, created_at, published_at, note, made_by_id, made_by, scope";

    /// <summary>Number of <see cref="Columns"/>.</summary>
    internal const int ColumnCount = 14;

    static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web);

    public async Task<Batch> Create(string layerId, string path, string fileHash, string settings, string inspection, DeliveryMaker maker, CancellationToken cancel = default)
    {
        await using var command = source.CreateCommand($"insert into cityops.batch (layer_id, path, file_hash, settings, inspection, made_by_id, made_by, scope) values ($1, $2, $3, $4, $5, $6, $7, $8) returning {Columns}");
        Add(command, layerId, path, fileHash);
        AddJson(command, settings);
        AddJson(command, inspection);
        foreach (var value in new object?[] { maker.Id, maker.Name })
            command.Parameters.Add(new() { Value = value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = (object?)maker.ScopeTexts ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        return (await Read(command, cancel))[0];
    }

    public async Task<Batch?> Find(long id, CancellationToken cancel = default)
    {
        await using var command = source.CreateCommand($"select {Columns} from cityops.batch where id = $1");
        Add(command, id);
        return (await Read(command, cancel)).SingleOrDefault(batch => batch.Maker.IsSeen);
    }

    /// <summary>The latest batches, newest first.</summary>
    public async Task<IReadOnlyList<Batch>> List(int most, CancellationToken cancel = default)
    {
        await using var command = source.CreateCommand($"select {Columns} from cityops.batch order by id desc limit $1");
        Add(command, most);
        return [.. (await Read(command, cancel)).Where(batch => batch.Maker.IsSeen)];
    }

    public async Task Save(long id, BatchState state, BatchCounts? counts = null, CancellationToken cancel = default)
    {
        await using var command = source.CreateCommand("update cityops.batch set state = $2, counts = coalesce($3, counts), updated_at = now() where id = $1");
        Add(command, id, Name(state));
        command.Parameters.Add(new() { Value = counts is null ? DBNull.Value : Text(counts), NpgsqlDbType = NpgsqlDbType.Jsonb });
        await command.ExecuteNonQueryAsync(cancel);
    }

    internal static string Text(BatchCounts counts) => JsonSerializer.Serialize(counts, Format);

    internal static string Name(BatchState state) => state == BatchState.RolledBack ? "rolled-back" : state.ToString().ToLowerInvariant();

    static BatchState State(string name) => name == "rolled-back" ? BatchState.RolledBack : Enum.Parse<BatchState>(name, ignoreCase: true);

    static void Add(NpgsqlCommand command, params object[] values)
    {
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
    }

    static void AddJson(NpgsqlCommand command, string json) => command.Parameters.Add(new() { Value = json, NpgsqlDbType = NpgsqlDbType.Jsonb });

    static async Task<List<Batch>> Read(NpgsqlCommand command, CancellationToken cancel)
    {
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var batches = new List<Batch>();
        while (await reader.ReadAsync(cancel))
            batches.Add(BatchAt(reader, 0));
        return batches;
    }

    internal static Batch BatchAt(NpgsqlDataReader reader, int at) => new(
        reader.GetInt64(at), reader.GetString(at + 1), State(reader.GetString(at + 2)), reader.GetString(at + 3), reader.GetString(at + 4), reader.GetString(at + 5), reader.GetString(at + 6),
        JsonSerializer.Deserialize<BatchCounts>(reader.GetString(at + 7), Format) ?? new(),
        reader.GetFieldValue<DateTimeOffset>(at + 8), reader.IsDBNull(at + 9) ? null : reader.GetFieldValue<DateTimeOffset>(at + 9), reader.IsDBNull(at + 10) ? null : reader.GetString(at + 10), DeliveryMaker.At(reader, at + 11));
}
