using CityOps.Gis.PostGis.Audit;
using Npgsql;
using NpgsqlTypes;

namespace CityOps.Gis.PostGis.Access;

/// <summary>Who is signed in where (<c>access.session</c>). A cookie holds no more than the number of such a session, so ending it here ends it everywhere.</summary>
public sealed class Sessions(NpgsqlDataSource source)
{
    // Enough for the list of sessions, and seldom enough for the database.
    const int SeenSeconds = 30;

    /// <summary>Began with a password alone.</summary>
    public const string ByPassword = "password";

    internal const string RightsColumns = """
        p.id, p.user_name, p.display_name, array(select role from access.person_role where person_id = p.id order by role), p.sees_whole_city
        """;

    static string Rights => $"{RightsColumns}, {ScopeCodes.Select("person_scope", "person_id", "p.id")}";

    /// <summary>Begins a session. Those that ended long ago are forgotten by <see cref="PersonalData"/>.</summary>
    /// <param name="way"><see cref="ByPassword"/>, <c>two-factor</c> or <c>single-sign-on</c>.</param>
    /// <param name="longest">After this it ends, however busy.</param>
    /// <param name="told">The entry in the audit log: where it cannot be written, no session begins.</param>
    public async Task<Guid> Begin(Guid personId, string way, string? address, string? browser, TimeSpan longest, AuditEvent told, CancellationToken cancel = default)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var together = await connection.BeginTransactionAsync(cancel);
        await using var command = new NpgsqlCommand(
            "insert into access.session (person_id, way, address, browser, ends_at) values ($1, $2, $3, $4, clock_timestamp() + $5) returning id", connection);
        command.Parameters.Add(new() { Value = personId });
        command.Parameters.Add(new() { Value = way });
        command.Parameters.Add(Text(address));
        command.Parameters.Add(Text(browser));
        command.Parameters.Add(new() { Value = longest });
        var session = (Guid)(await command.ExecuteScalarAsync(cancel))!;
        await AuditLog.Write(connection, told, cancel);
        await together.CommitAsync(cancel);
        return session;
    }

    /// <summary>The rights, as they are now, of the person whose session it is; null where it has ended, was idle for too long, or the person is disabled.</summary>
    /// <param name="isUsed">Someone does something: the session counts as busy from here on.</param>
    public async Task<PersonRights?> Find(Guid id, TimeSpan idle, bool isUsed, CancellationToken cancel = default)
    {
        await using var command = source.CreateCommand($"""
            with live as (
                select id, person_id, seen_at, way from access.session
                where id = $1 and ended_at is null and ends_at > clock_timestamp() and seen_at > clock_timestamp() - $2
            ), seen as (
                update access.session set seen_at = clock_timestamp() where id = (select id from live where $3 and seen_at < clock_timestamp() - interval '{SeenSeconds} seconds')
            )
            select {Rights}, live.way from access.person p join live on live.person_id = p.id where not p.is_disabled
            """);
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = idle });
        command.Parameters.Add(new() { Value = isUsed });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel) ? Read(reader) with { Way = reader.GetString(6) } : null;
    }

    /// <summary>Ends a session, with the entry in the audit log that tells of it; false where it had ended.</summary>
    /// <param name="personId">Only if it is of this person; null for anybody's.</param>
    public async Task<bool> End(Guid id, AuditEvent told, Guid? personId = null, CancellationToken cancel = default)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var together = await connection.BeginTransactionAsync(cancel);
        if (!await End(connection, id, personId, cancel))
            return false;
        await AuditLog.Write(connection, told, cancel);
        await together.CommitAsync(cancel);
        return true;
    }

    static async Task<bool> End(NpgsqlConnection connection, Guid id, Guid? personId, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            "update access.session set ended_at = clock_timestamp() where id = $1 and ended_at is null and ends_at > clock_timestamp() and ($2 is null or person_id = $2)", connection);
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = (object?)personId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        return await command.ExecuteNonQueryAsync(cancel) > 0;
    }

    /// <summary>Ends all sessions of a person and says how many that were.</summary>
    /// <param name="except">But not this one.</param>
    public async Task<int> EndAll(Guid personId, Guid? except = null, CancellationToken cancel = default)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        return await EndAll(connection, personId, except, cancel);
    }

    /// <summary>Ends all sessions of a person, with the entry in the audit log that tells of it; writes none where there were none.</summary>
    /// <inheritdoc cref="EndAll(Guid, Guid?, CancellationToken)"/>
    public async Task<int> EndAll(Guid personId, AuditEvent told, Guid? except = null, CancellationToken cancel = default)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var together = await connection.BeginTransactionAsync(cancel);
        var ended = await EndAll(connection, personId, except, cancel);
        if (ended > 0)
            await AuditLog.Write(connection, told, cancel);
        await together.CommitAsync(cancel);
        return ended;
    }

    /// <summary>Within what the connection is doing.</summary>
    public static async Task<int> EndAll(NpgsqlConnection connection, Guid personId, Guid? except = null, CancellationToken cancel = default)
    {
        await using var command = new NpgsqlCommand(
            "update access.session set ended_at = clock_timestamp() where person_id = $1 and ended_at is null and ends_at > clock_timestamp() and id is distinct from $2", connection);
        command.Parameters.Add(new() { Value = personId });
        command.Parameters.Add(new() { Value = (object?)except ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        return await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Sessions that are going on, the one seen last first.</summary>
    /// <param name="personId">Of this person; null for everybody's.</param>
    public async Task<IReadOnlyList<OpenSession>> List(Guid? personId, TimeSpan idle, int most, CancellationToken cancel = default)
    {
        await using var command = source.CreateCommand("""
            select s.id, p.id, p.user_name, p.display_name, s.way, s.address, s.browser, s.begun_at, s.seen_at, s.ends_at
            from access.session s join access.person p on p.id = s.person_id
            where s.ended_at is null and s.ends_at > clock_timestamp() and s.seen_at > clock_timestamp() - $2 and ($1 is null or s.person_id = $1) and not p.is_disabled
            order by s.seen_at desc, s.id limit $3
            """);
        command.Parameters.Add(new() { Value = (object?)personId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        command.Parameters.Add(new() { Value = idle });
        command.Parameters.Add(new() { Value = most });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var sessions = new List<OpenSession>();
        while (await reader.ReadAsync(cancel))
            sessions.Add(new(
                reader.GetGuid(0), reader.GetGuid(1), reader.GetString(2), reader.GetString(3), reader.GetString(4), reader.IsDBNull(5) ? null : reader.GetString(5),
                reader.IsDBNull(6) ? null : reader.GetString(6), reader.GetFieldValue<DateTimeOffset>(7), reader.GetFieldValue<DateTimeOffset>(8), reader.GetFieldValue<DateTimeOffset>(9)));
        return sessions;
    }

    internal static PersonRights Read(NpgsqlDataReader reader) => new(
        reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetFieldValue<string[]>(3), reader.GetBoolean(4), ScopeCodes.Parse(reader.GetFieldValue<string[]>(5)));

    static NpgsqlParameter Text(string? text) => new() { Value = (object?)text ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };
}
