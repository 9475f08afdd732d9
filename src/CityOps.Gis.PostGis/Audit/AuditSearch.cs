using System.Runtime.CompilerServices;
using Npgsql;
using NpgsqlTypes;

namespace CityOps.Gis.PostGis.Audit;

/// <summary>Reads the audit log, newest first.</summary>
public sealed class AuditSearch(NpgsqlDataSource source)
{
    /// <summary>Entries of a page.</summary>
    public const int PageSize = 50;

    /// <param name="before">Number of the last entry of the page before; null for the first page.</param>
    public async Task<IReadOnlyList<AuditEntry>> Page(AuditQuestion question, long? before, CancellationToken cancel = default)
    {
        var entries = new List<AuditEntry>();
        await foreach (var entry in Read(question, before, PageSize, cancel))
            entries.Add(entry);
        return entries;
    }

    /// <summary>All of them, as they come from the database.</summary>
    public IAsyncEnumerable<AuditEntry> All(AuditQuestion question, CancellationToken cancel = default) => Read(question, null, null, cancel);

    async IAsyncEnumerable<AuditEntry> Read(AuditQuestion question, long? before, int? most, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var command = source.CreateCommand("""
            select id, at, kind, who_id, who, address, layer_id, fid, subject, before::text, after::text from cityops.audit_entry
            where ($1 is null or id < $1) and ($2 is null or who_id = $2 or position(lower($2) in lower(who)) > 0) and ($3 is null or kind = $3)
                and ($4 is null or at >= $4) and ($5 is null or at < $5) and ($6 is null or layer_id = $6) and ($7 is null or fid = $7)
                and ($8 is null or position(lower($8) in lower(subject)) > 0)
            order by id desc limit $9
            """);
        Add(before, NpgsqlDbType.Bigint);
        Add(question.Who, NpgsqlDbType.Text);
        Add(question.Kind is { } kind ? AuditKinds.Name(kind) : null, NpgsqlDbType.Text);
        Add(question.From?.ToUniversalTime(), NpgsqlDbType.TimestampTz);
        Add(question.Until?.ToUniversalTime(), NpgsqlDbType.TimestampTz);
        Add(question.LayerId, NpgsqlDbType.Text);
        Add(question.Fid, NpgsqlDbType.Bigint);
        Add(question.Words, NpgsqlDbType.Text);
        Add(most, NpgsqlDbType.Integer);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
            yield return new(
                reader.GetInt64(0), reader.GetFieldValue<DateTimeOffset>(1), reader.GetString(2), Text(reader, 3), reader.GetString(4), Text(reader, 5), Text(reader, 6),
                reader.IsDBNull(7) ? null : reader.GetInt64(7), Text(reader, 8), Text(reader, 9), Text(reader, 10));

        void Add(object? value, NpgsqlDbType type) => command.Parameters.Add(new() { Value = value ?? DBNull.Value, NpgsqlDbType = type });
    }

    static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
