using CityOps.Gis.PostGis.Audit;
using Npgsql;

namespace CityOps.Gis.PostGis.Access;

/// <summary>What people are told of changes of their way of signing in (<c>access.notice</c>), and what they say to it. The audit log's trigger writes them.</summary>
public sealed class CredentialNotices(NpgsqlDataSource source)
{
    const string Select = """
        select n.entry_id, n.person_id, p.display_name, e.kind, e.at, e.who, e.who_id = n.person_id::text, e.address, e.subject, (e.after ->> 'isOn')::boolean, n.confirmed_at, n.disputed_at
        from access.notice n join cityops.audit_entry e on e.id = n.entry_id join access.person p on p.id = n.person_id
        """;

    /// <summary>Of which a person has not yet said that he knows, the latest first.</summary>
    public Task<IReadOnlyList<CredentialNotice>> Open(Guid personId, int most, CancellationToken cancel = default)
        => Read($"{Select} where n.person_id = $1 and n.confirmed_at is null and n.disputed_at is null order by n.entry_id desc limit $2", cancel, personId, most);

    /// <summary>All of a person's, the latest first.</summary>
    public Task<IReadOnlyList<CredentialNotice>> Latest(Guid personId, int most, CancellationToken cancel = default)
        => Read($"{Select} where n.person_id = $1 order by n.entry_id desc limit $2", cancel, personId, most);

    /// <summary>Changes of which their person says that it was not he, and which no administrator has seen to; the earliest first.</summary>
    public Task<IReadOnlyList<CredentialNotice>> Disputed(int most, CancellationToken cancel = default)
        => Read($"{Select} where n.disputed_at is not null and n.settled_at is null order by n.entry_id limit $1", cancel, most);

    /// <summary>The person knows of these.</summary>
    public async Task Confirm(Guid personId, IEnumerable<long> ids, CancellationToken cancel = default)
    {
        await using var command = source.CreateCommand("update access.notice set confirmed_at = clock_timestamp() where person_id = $1 and entry_id = any($2) and confirmed_at is null and disputed_at is null");
        command.Parameters.Add(new() { Value = personId });
        command.Parameters.Add(new() { Value = ids.ToArray() });
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>It was not the person: the other sessions end, the administrators are told, and it stands in the audit log.</summary>
    /// <param name="session">This one goes on.</param>
    public async Task Dispute(Guid personId, IEnumerable<long> ids, Guid? session, string subject, CancellationToken cancel = default)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var together = await connection.BeginTransactionAsync(cancel);
        await using var command = new NpgsqlCommand("update access.notice set disputed_at = clock_timestamp() where person_id = $1 and entry_id = any($2) and disputed_at is null returning entry_id", connection);
        command.Parameters.Add(new() { Value = personId });
        command.Parameters.Add(new() { Value = ids.ToArray() });
        var disputed = new List<long>();
        await using (var reader = await command.ExecuteReaderAsync(cancel))
            while (await reader.ReadAsync(cancel))
                disputed.Add(reader.GetInt64(0));
        if (disputed.Count == 0)
            return;
        var ended = await Sessions.EndAll(connection, personId, session, cancel);
        await AuditLog.Write(connection, new(AuditKind.ChangeDisputed, subject, After: new { entries = disputed, endedSessions = ended }), cancel);
        await together.CommitAsync(cancel);
    }

    /// <summary>An administrator has seen to it.</summary>
    public async Task Settle(CredentialNotice notice, string who, CancellationToken cancel = default)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var together = await connection.BeginTransactionAsync(cancel);
        await using var command = new NpgsqlCommand("update access.notice set settled_at = clock_timestamp(), settled_by = $2 where entry_id = $1 and disputed_at is not null and settled_at is null", connection);
        command.Parameters.Add(new() { Value = notice.Id });
        command.Parameters.Add(new() { Value = who });
        if (await command.ExecuteNonQueryAsync(cancel) == 0)
            return;
        await AuditLog.Write(connection, new(AuditKind.DisputeSettled, notice.Name, After: new { entry = notice.Id }), cancel);
        await together.CommitAsync(cancel);
    }

    async Task<IReadOnlyList<CredentialNotice>> Read(string sql, CancellationToken cancel, params object[] values)
    {
        await using var command = source.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var notices = new List<CredentialNotice>();
        while (await reader.ReadAsync(cancel))
            notices.Add(new(
                reader.GetInt64(0), reader.GetGuid(1), reader.GetString(2), reader.GetString(3), reader.GetFieldValue<DateTimeOffset>(4), reader.GetString(5), !reader.IsDBNull(6) && reader.GetBoolean(6),
                Text(reader, 7), Text(reader, 8), reader.IsDBNull(9) ? null : reader.GetBoolean(9), Time(reader, 10), Time(reader, 11)));
        return notices;
    }

    static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    static DateTimeOffset? Time(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);
}
