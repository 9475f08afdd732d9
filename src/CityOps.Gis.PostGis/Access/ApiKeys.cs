using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using CityOps.Gis.Access;
using CityOps.Gis.Queries;
using Npgsql;
using NpgsqlTypes;

namespace CityOps.Gis.PostGis.Access;

/// <summary>
/// Keys of devices and scripts (<c>access.api_key</c>). A key is 256 random bits, so its SHA-256 is enough to know it again and nobody can find it from there.
/// </summary>
public sealed class ApiKeys(NpgsqlDataSource source)
{
    /// <summary>With this every key begins, so that people and scanners of secrets know what they have found.</summary>
    public const string Mark = "cgk_";

    /// <summary>Characters by which people tell keys apart; they open nothing.</summary>
    public const int PrefixLength = 12;

    const int Bytes = 32, UsedSeconds = 60;

    static string Columns => $"k.id, k.name, k.prefix, k.permissions, k.sees_whole_city, {ScopeCodes.Select("api_key_scope", "key_id", "k.id")}, k.made_by, k.made_at, k.expires_at, k.revoked_at, k.used_at, k.used_from";

    /// <summary>Makes a key and gives its text, which nobody can give a second time.</summary>
    /// <param name="scope">Null for the whole city.</param>
    /// <exception cref="ArgumentException">It is to administer, which only people do (<see cref="ApiKey.Never"/>).</exception>
    public async Task<(long Id, string Text)> Make(string name, IReadOnlyCollection<Permission> permissions, JurisdictionScope? scope, DateTimeOffset expires, string madeBy, CancellationToken cancel = default)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        return await Make(connection, name, permissions, scope, expires, madeBy, cancel);
    }

    /// <summary>Within what the connection is doing.</summary>
    /// <inheritdoc cref="Make(string, IReadOnlyCollection{Permission}, JurisdictionScope?, DateTimeOffset, string, CancellationToken)"/>
    public static async Task<(long Id, string Text)> Make(
        NpgsqlConnection connection, string name, IReadOnlyCollection<Permission> permissions, JurisdictionScope? scope, DateTimeOffset expires, string madeBy, CancellationToken cancel = default)
    {
        if (permissions.Contains(ApiKey.Never))
            throw new ArgumentException($"A key never has the permission {ApiKey.Never}: who manages people is a person.", nameof(permissions));
        var text = Mark + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));
        await using var command = new NpgsqlCommand("""
            with made as (
                insert into access.api_key (name, prefix, hash, permissions, sees_whole_city, expires_at, made_by) values ($1, $2, $3, $4, $5, $6, $7) returning id
            ), scoped as (
                insert into access.api_key_scope (key_id, level, code) select made.id, split_part(one, ':', 1), split_part(one, ':', 2) from made, unnest($8) one
            )
            select id from made
            """, connection);
        object[] values =
        [
            name, text[..PrefixLength], Hash(text), permissions.Distinct().Select(one => one.ToString()).ToArray(), scope is null, expires.ToUniversalTime(), madeBy,
            scope is null ? Array.Empty<string>() : ScopeCodes.Of(scope),
        ];
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        return ((long)(await command.ExecuteScalarAsync(cancel))!, text);
    }

    /// <summary>The key of a text, if it is one that still counts; remembers that it was used.</summary>
    public async Task<ApiKey?> Find(string text, string? from, CancellationToken cancel = default)
    {
        if (!text.StartsWith(Mark, StringComparison.Ordinal))
            return null;
        await using var command = source.CreateCommand($"""
            with used as (
                update access.api_key set used_at = clock_timestamp(), used_from = $2
                where hash = $1 and revoked_at is null and expires_at > clock_timestamp() and (used_at is null or used_at < clock_timestamp() - interval '{UsedSeconds} seconds')
            )
            select {Columns} from access.api_key k where k.hash = $1 and k.revoked_at is null and k.expires_at > clock_timestamp()
            """);
        command.Parameters.Add(new() { Value = Hash(text) });
        command.Parameters.Add(new() { Value = (object?)from ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        return (await Read(command, cancel)).FirstOrDefault();
    }

    /// <summary>All keys, those that count first, then the newest first.</summary>
    public async Task<IReadOnlyList<ApiKey>> List(CancellationToken cancel = default)
    {
        await using var command = source.CreateCommand($"select {Columns} from access.api_key k order by k.revoked_at is not null or k.expires_at <= clock_timestamp(), k.id desc limit 1000");
        return await Read(command, cancel);
    }

    /// <summary>Ends a key; false where it had been ended.</summary>
    public async Task<bool> Revoke(long id, CancellationToken cancel = default)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        return await Revoke(connection, id, cancel);
    }

    /// <summary>Within what the connection is doing.</summary>
    public static async Task<bool> Revoke(NpgsqlConnection connection, long id, CancellationToken cancel = default)
    {
        await using var command = new NpgsqlCommand("update access.api_key set revoked_at = clock_timestamp() where id = $1 and revoked_at is null", connection);
        command.Parameters.Add(new() { Value = id });
        return await command.ExecuteNonQueryAsync(cancel) > 0;
    }

    static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    static async Task<IReadOnlyList<ApiKey>> Read(NpgsqlCommand command, CancellationToken cancel)
    {
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var keys = new List<ApiKey>();
        while (await reader.ReadAsync(cancel))
            keys.Add(new(
                reader.GetInt64(0), reader.GetString(1), reader.GetString(2), Known(reader.GetFieldValue<string[]>(3)),
                reader.GetBoolean(4) ? null : ScopeCodes.Parse(reader.GetFieldValue<string[]>(5)), reader.GetString(6), reader.GetFieldValue<DateTimeOffset>(7),
                reader.GetFieldValue<DateTimeOffset>(8), Time(reader, 9), Time(reader, 10), reader.IsDBNull(11) ? null : reader.GetString(11)));
        return keys;
    }

    static IReadOnlySet<Permission> Known(string[] names) => names.Where(name => Enum.TryParse<Permission>(name, out _)).Select(Enum.Parse<Permission>).ToHashSet();

    static DateTimeOffset? Time(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);
}
