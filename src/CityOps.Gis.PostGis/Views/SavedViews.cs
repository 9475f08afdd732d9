using CityOps.Gis.PostGis.Audit;
using Npgsql;

namespace CityOps.Gis.PostGis.Views;

/// <summary>The views that people keep (<c>cityops.saved_view</c>). Whatever changes one asks for its owner, and is one transaction with its entry in the audit log.</summary>
public sealed class SavedViews(CallerDatabase source)
{
    /// <summary>Views that are listed at most.</summary>
    public const int MostListed = 500;

    /// <summary>Most characters of a name.</summary>
    public const int MostCharacters = 100;

    /// <summary>A person's own views by name, then those that others share.</summary>
    public async Task<IReadOnlyList<SavedView>> List(string owner, CancellationToken cancel = default)
    {
        await using var command = Command($"""
            select id, name, address, is_shared, owner = $1 as is_own from cityops.saved_view where owner = $1 or is_shared order by is_own desc, name, id limit {MostListed}
            """, owner);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var views = new List<SavedView>();
        while (await reader.ReadAsync(cancel))
            views.Add(new(reader.GetInt64(0), reader.GetString(1), reader.GetString(2), reader.GetBoolean(3), reader.GetBoolean(4)));
        return views;
    }

    /// <summary>Keeps an address under a name; the owner's view of that name, if there is one, gets the new address.</summary>
    public Task Save(string owner, string name, string address, CancellationToken cancel = default) => Run(new(AuditKind.ViewChanged, name, After: new { address }), """
        insert into cityops.saved_view (owner, name, address) values ($1, $2, $3)
        on conflict (owner, name) do update set address = excluded.address, changed_at = clock_timestamp()
        """, cancel, owner, name, address);

    /// <summary>False where the owner has another view of that name, or no such view.</summary>
    public async Task<bool> Rename(string owner, long id, string name, CancellationToken cancel = default) => await Run(new(AuditKind.ViewChanged, name, After: new { id, name }), """
        update cityops.saved_view set name = $3, changed_at = clock_timestamp()
        where owner = $1 and id = $2 and not exists (select from cityops.saved_view other where other.owner = $1 and other.name = $3 and other.id <> $2)
        """, cancel, owner, id, name) > 0;

    /// <summary>Lets everybody open a view, or its owner alone.</summary>
    public Task Share(string owner, long id, bool isShared, CancellationToken cancel = default)
        => Run(new(AuditKind.ViewChanged, After: new { id, isShared }), "update cityops.saved_view set is_shared = $3, changed_at = clock_timestamp() where owner = $1 and id = $2", cancel, owner, id, isShared);

    public Task Delete(string owner, long id, CancellationToken cancel = default) => Run(new(AuditKind.ViewChanged, After: new { id, isDeleted = true }), "delete from cityops.saved_view where owner = $1 and id = $2", cancel, owner, id);

    async Task<int> Run(AuditEvent told, string sql, CancellationToken cancel, params object[] values)
    {
        await using var connection = await source.Open(cancel);
        await using var together = await connection.BeginTransactionAsync(cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        var changed = await command.ExecuteNonQueryAsync(cancel);
        if (changed > 0)
            await AuditLog.Write(connection, told, cancel);
        await together.CommitAsync(cancel);
        return changed;
    }

    CallerCommand Command(string sql, params object[] values)
    {
        var command = source.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        return command;
    }
}
