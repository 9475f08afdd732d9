using CityOps.Gis.Access;
using CityOps.Gis.PostGis;
using CityOps.Gis.Queries;
using CityOps.Gis.Testing;
using Npgsql;
using Xunit;

namespace CityOps.Gis.Tests.PostGis;

/// <summary>What a connection keeps when it goes back to the pool, and what it does not.</summary>
public sealed class PooledConnectionTests(PostGisDatabase database) : IClassFixture<PostGisDatabase>
{
    [Fact]
    public async Task It_comes_back_with_its_plans_and_without_anything_of_who_had_it()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var source = Connections.Open(new NpgsqlConnectionStringBuilder(database.ConnectionString) { MaxPoolSize = 1 }.ConnectionString);
        var session = 0;
        using (new Caller("one", "one", Role.GridManager.Permissions, new JurisdictionScope { Districts = ["350203"] }) { Roles = [Role.GridManager.Id] }.Enter())
        await using (var connection = await new CallerDatabase(source).Open(cancel))
        {
            session = connection.ProcessID;
            await Run(connection, "set statement_timeout = '7s'; create temporary table left_behind (); select pg_advisory_lock(42); declare place cursor with hold for select 1; listen anything");
            Assert.Equal("cityops_caller|350203|7s|1|left_behind", await State(connection));
        }

        await using var again = await source.OpenConnectionAsync(cancel);
        Assert.Equal(session, again.ProcessID);
        Assert.Equal($"{new NpgsqlConnectionStringBuilder(database.ConnectionString).Username}||0|0|", await State(again));
        await using var left = new NpgsqlCommand("select (select count(*) from pg_cursors where name = 'place') + (select count(*) from pg_listening_channels())", again);
        Assert.Equal(0L, await left.ExecuteScalarAsync(cancel));
        // What is prepared is what keeps the pool from throwing plans away.
        await using var prepared = new NpgsqlCommand("select count(*) from pg_prepared_statements", again);
        Assert.Equal(1L, await prepared.ExecuteScalarAsync(cancel));
    }

    static async Task Run(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    // Who it is, what it was told, its time limit, its locks, its temporary table.
    static async Task<object?> State(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand("""
            select concat_ws('|', current_user, coalesce(split_part(current_setting('cityops.scope', true), e'\x1d', 1), ''), current_setting('statement_timeout'),
                (select count(*) from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()), coalesce(to_regclass('pg_temp.left_behind')::text, ''))
            """, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
