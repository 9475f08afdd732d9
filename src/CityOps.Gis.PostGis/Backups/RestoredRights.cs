using System.Text.RegularExpressions;
using Npgsql;

namespace CityOps.Gis.PostGis.Backups;

/// <summary>
/// Rights and policies name roles, which belong to a server and are in no backup: those that this one lacks are made, without login. What was said to the owner of the
/// database that was backed up is said to the one who restores it.
/// </summary>
sealed partial class RestoredRights(BackupFile file, string connectionString)
{
    readonly PostgresClient _client = new(connectionString);

    /// <summary>Are these lines of the table of contents about rights that name their owner?</summary>
    public static bool IsOfTheOwner(string item) => item.Contains(" DEFAULT ACL ", StringComparison.Ordinal) || item.Contains(" POLICY ", StringComparison.Ordinal);

    /// <summary>Before anything is restored.</summary>
    /// <returns>What went wrong; empty where nothing did.</returns>
    public async Task<string> MakeRoles(CancellationToken cancel)
    {
        var (lines, complaints) = await _client.Ask("pg_restore", ["--schema-only", "--file=-", file.Path], cancel);
        if (lines is null)
            return complaints;
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var connection = await source.OpenConnectionAsync(cancel);
        var there = await Sql.Column<string>(connection, "select rolname::text from pg_roles", cancel);
        var named = lines.SelectMany(line => Named().Match(line).Groups[1].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Select(name => name.Trim('"'));
        foreach (var role in named.Distinct().Except(there).Where(role => role is not ("PUBLIC" or "CURRENT_USER") && role != file.Owner))
            await Sql.Run(connection, $"create role {SqlName.Quote(role)} nologin", cancel);
        return "";
    }

    /// <summary>After all else: what names the owner, for the one who restores.</summary>
    /// <returns>What went wrong; empty where nothing did.</returns>
    public async Task<string> ForTheOwner(CancellationToken cancel)
    {
        var list = Path.GetTempFileName();
        try
        {
            await File.WriteAllLinesAsync(list, file.Items.Where(IsOfTheOwner), cancel);
            var (lines, complaints) = await _client.Ask("pg_restore", ["--no-owner", $"--use-list={list}", "--file=-", file.Path], cancel);
            if (lines is null)
                return complaints;
            await using var source = NpgsqlDataSource.Create(connectionString);
            await using var connection = await source.OpenConnectionAsync(cancel);
            var user = SqlName.Quote(await Sql.Value<string>(connection, "select current_user::text", cancel) ?? "");
            // A line with a backslash is meant for psql.
            await Sql.Run(connection, string.Join('\n', lines.Where(line => !line.StartsWith('\\')).Select(line => OfOwner().Replace(line, found => Same(found.Groups[2].Value) ? found.Groups[1].Value + user : found.Value))), cancel);
            return "";
        }
        finally
        {
            File.Delete(list);
        }
    }

    bool Same(string role) => role.Trim('"') == file.Owner;

    // GRANT … ON TABLE x TO a; CREATE POLICY … TO a, b USING (…)
    [GeneratedRegex("""^(?:GRANT|CREATE POLICY|ALTER DEFAULT PRIVILEGES) .* TO ((?:"[^"]+"|\w+)(?:, ?(?:"[^"]+"|\w+))*)(?:;| USING| WITH)""")]
    private static partial Regex Named();

    [GeneratedRegex("""( TO | FOR ROLE )("[^"]+"|\w+)""")]
    private static partial Regex OfOwner();
}
