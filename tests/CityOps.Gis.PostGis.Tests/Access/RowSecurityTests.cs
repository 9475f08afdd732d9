using CityOps.Gis.Access;
using CityOps.Gis.PostGis;
using CityOps.Gis.Queries;
using CityOps.Gis.Testing;
using Npgsql;
using Xunit;

namespace CityOps.Gis.Tests.PostGis.Access;

/// <summary>The second lock: what statements get that carry no scope at all.</summary>
public sealed class RowSecurityTests(PostGisDatabase database) : IClassFixture<PostGisDatabase>, IAsyncLifetime
{
    static readonly Caller West = Of(new() { Districts = ["350203"] }), East = Of(new() { Communities = ["350206001001"] }), Department = Of(new() { Departments = ["1"] });
    static bool _isFilled;

    CallerDatabase Seen => database.Source;

    public async ValueTask InitializeAsync()
    {
        if (database.ConnectionString == "" || _isFilled)
            return;
        _isFilled = true;
        await database.Run(SmallCity.Sql + """
            insert into gis.components (code, name, class_code, supervisor_code, status, first_date, geom)
            select (3502030101000000 + n)::text, '井盖', '0101', case n % 3 when 0 then '11' else '9' end, '完好', '2020-01-01', ST_SetSRID(ST_MakePoint(118.0001 + n * 0.00002, 24.401), 4490) from generate_series(1, 900) n;
            update gis.components set status = '破损' where fid % 7 = 0;
            """);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    // What a caller's role may do with tables of the product that no policy guards, and why that gives nothing of others away.
    static readonly Dictionary<string, string> Granted = new()
    {
        ["audit_entry INSERT"] = "what somebody did is written down on his own connection; none reads it there",
        ["code_entry SELECT"] = "code lists are the same for everybody",
        ["export_record INSERT,SELECT,UPDATE"] = "an export is recorded on its own connection; the list of them needs the permission to audit",
        ["hanzi SELECT"] = "a dictionary",
        ["layer SELECT"] = "definitions and versions; which fields a caller sees the catalogue says",
        ["own_grid DELETE,INSERT,SELECT,UPDATE"] = "statements name the person (OwnGrids)",
        ["responsibility SELECT"] = "rules that are the same for everybody",
        ["saved_view DELETE,INSERT,SELECT,UPDATE"] = "statements name the person (SavedViews)",
        ["search_key INSERT,SELECT"] = "texts by which features are looked up; only those of features that he sees are given (SearchTexts)",
        ["search_text INSERT,SELECT"] = "the same",
    };

    [Fact]
    public async Task Of_the_products_tables_a_caller_may_use_what_a_policy_guards_or_a_reason_is_given_for()
    {
        foreach (var role in new[] { "cityops_caller", "cityops_city" })
            Assert.Equal(Granted.Keys.Order(StringComparer.Ordinal), (await database.Rows($"""
                select t.relname || ' ' || string_agg(g.privilege_type, ',' order by g.privilege_type)
                from information_schema.role_table_grants g join pg_class t on t.oid = format('%I.%I', g.table_schema, g.table_name)::regclass
                where g.table_schema = 'cityops' and g.grantee = '{role}' and not t.relforcerowsecurity group by t.relname
                """)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("select settings from cityops.batch")]
    [InlineData("select record from cityops.quarantine")]
    [InlineData("delete from cityops.import_job")]
    [InlineData("update cityops.layer set definition = '{}'")]
    [InlineData("update cityops.search_text set text = 'x'")]
    public async Task What_is_the_products_own_a_caller_cannot_even_ask_for(string statement)
        => Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await Assert.ThrowsAsync<PostgresException>(() => Run(West, statement))).SqlState);

    [Fact]
    public async Task A_statement_that_forgot_the_scope_gets_the_rows_of_the_scope()
    {
        Assert.Equal(await database.Value<long>("select count(*) from gis.components where district_code = '350203'"), await Count(West, "gis.components"));
        Assert.Equal(await database.Value<long>("select count(*) from gis.components where community_code = '350206001001'"), await Count(East, "gis.components"));
        Assert.Equal(await database.Value<long>("select count(*) from gis.components where department_code in ('1', '11')"), await Count(Department, "gis.components"));
        Assert.Equal(await database.Value<long>("select count(*) from gis.components_history where district_code = '350203'"), await Count(West, "gis.components_history"));
        Assert.Equal(900, await Count(Of(null), "gis.components"));
        Assert.InRange(await Count(West, "gis.components"), 100, 800);
        Assert.InRange(await Count(West, "gis.components_history"), 1, 128);
    }

    [Fact]
    public async Task Without_a_caller_there_is_not_one_row()
    {
        Assert.Equal(0, await Count(Caller.Nobody, "gis.components"));
        Assert.Equal(0, await Count(Caller.Nobody, "gis.components_history"));
        await using var connection = await database.Source.OpenConnectionAsync();
        Assert.Equal(0L, await new NpgsqlCommand("set role cityops_caller; select count(*) from gis.components", connection).ExecuteScalarAsync());
    }

    [Fact]
    public async Task Every_layer_and_its_history_is_locked_by_force()
        => Assert.Empty(await database.Rows("""
            select c.relname from cityops.layer l join pg_class c on c.oid in (to_regclass(format('gis.%I', l.id)), to_regclass(format('gis.%I', l.id || '_history')))
            where not (c.relrowsecurity and c.relforcerowsecurity)
            """));

    [Fact]
    public async Task Partitions_are_reached_through_their_table_only()
    {
        var fault = await Assert.ThrowsAsync<PostgresException>(() => Count(West, "gis.components_other"));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, fault.SqlState);
    }

    [Theory]
    [InlineData("insert into gis.components (code, class_code, supervisor_code, status, geom) values ('3502060101009999', '0101', '9', '完好', ST_SetSRID(ST_MakePoint(118.015, 24.401), 4490))")]
    [InlineData("update gis.components set geom = ST_SetSRID(ST_MakePoint(118.015, 24.401), 4490) where code = '3502030101000001'")]
    public async Task A_row_that_would_lie_outside_the_scope_is_not_written(string statement)
    {
        var fault = await Assert.ThrowsAsync<PostgresException>(() => Run(West, statement));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, fault.SqlState);
        Assert.Equal(0, await database.Value<long>("select count(*) from gis.components where code = '3502060101009999'"));
        Assert.Equal("350203", await database.Value<string>("select district_code from gis.components where code = '3502030101000001'"));
    }

    [Fact]
    public async Task Rows_of_others_cannot_be_changed_and_own_ones_can()
    {
        Assert.Equal(0, await Run(East, "update gis.components set status = '丢失' where code = '3502030101000002'"));
        Assert.Equal(0, await Run(East, "delete from gis.components where code = '3502030101000002'"));
        Assert.Equal(1, await Run(West, "update gis.components set status = '丢失' where code = '3502030101000002'"));
        Assert.Equal("丢失", await database.Value<string>("select status from gis.components where code = '3502030101000002'"));
    }

    [Fact]
    public async Task Divisions_grids_and_departments_are_seen_by_everybody_and_changed_in_the_scope_only()
    {
        foreach (var layer in Caller.PublicSpine)
            Assert.Equal(await database.Value<long>($"select count(*) from gis.{layer}"), await Count(East, "gis." + layer));
        Assert.Equal(0, await Run(East, "update gis.districts set name = '别的' where code = '350203'"));
    }

    [Fact]
    public async Task A_key_is_known_to_be_taken_also_where_its_feature_is_not_seen()
    {
        using (East.Enter())
        {
            await using var connection = await Seen.Open(TestContext.Current.CancellationToken);
            Assert.Equal(true, await new NpgsqlCommand("select cityops.key_is_taken('components', 'code', '3502030101000003', null)", connection).ExecuteScalarAsync());
            Assert.Equal(0, await Count(East, "gis.components where code = '3502030101000003'"));
        }
    }

    [Fact]
    public async Task A_scoped_question_of_a_place_uses_the_spatial_index_under_the_lock()
    {
        var layer = PostGisDatabase.Catalog.Find("components")!;
        using var _ = West.Enter();
        var filter = QueryCompiler.Compile(layer, new("components") { Box = (118.001, 24.4, 118.002, 24.402) });
        await using var connection = await Seen.Open(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await new NpgsqlCommand("set local enable_seqscan = off; set local enable_indexscan = on", connection).ExecuteNonQueryAsync();
        await using var explain = filter.Command(connection, $"explain select fid from gis.components where {filter.Where}");
        var plan = new List<string>();
        await using (var reader = await explain.ExecuteReaderAsync())
            while (await reader.ReadAsync())
                plan.Add(reader.GetString(0));
        Assert.Contains(plan, line => line.Contains("Index Cond", StringComparison.Ordinal) && line.Contains("geom &&", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_kept_figure_of_a_person_is_for_himself_and_who_sees_the_whole_city()
    {
        await database.Run("""
            insert into assessment.period (id, begins, ends, closed_by) values ('2026-01', '2026-01-01', '2026-02-01', 'x') on conflict do nothing;
            insert into assessment.figure (period, kind, aspect, object, indicator, counted, of, weight)
            select '2026-01', kind, '', object, 'i', 1, 1, 10 from (values ('collector', 'ann'), ('dispatcher', 'ann'), ('collector', 'ben'), ('district', '350203'), ('district', '350206')) one(kind, object) on conflict do nothing
            """);

        Assert.Equal(["350203"], await Figures(West, null));
        Assert.Equal(["350203", "ann", "ann"], await Figures(West, "ann"));
        Assert.Equal(["ben"], await Figures(Department, "ben"));
        // Whom the connection calls by the code of a district is none of its figures' people.
        Assert.Equal(["350203"], await Figures(West, "350206"));
        Assert.Equal(5, (await Figures(Of(null), null)).Count);
    }

    [Fact]
    public async Task An_appeal_of_a_person_is_for_himself_and_the_centre_also_among_those_who_see_the_whole_city()
    {
        await database.Run("""
            insert into gis.cases (case_number, title, class_table, class_code, case_source, status, occurred_at, geom) values ('RS-1', '暴露垃圾', 'gbt47678.5-2026', '06010', 'hotline', 'collect', '2026-01-02', ST_SetSRID(ST_MakePoint(118.002, 24.402), 4490));
            insert into cases.move (fid, number, at, move, from_stage, to_stage, who_id, who, note, stage_deadline) select fid, 1, '2026-01-02', 'report', '', 'collect', 'ann', 'ann', 'x', null from gis.cases where case_number = 'RS-1';
            insert into assessment.appeal (indicator, object, case_fid, period, reason, who_id, who) select 'operator-accepted', 'ann', fid, '2026-03', 'x', 'ann', 'ann' from gis.cases where case_number = 'RS-1'
            """);

        foreach (var (caller, person, permissions, count) in new[]
        {
            (West, "ann", "", 1), (East, "ann", "", 1), (Of(null), "ann", "", 1), (West, "ben", "", 0), (West, "", "InspectCases", 0), (Of(null), "ben", "", 0), (West, "ben", "SuperviseCases", 1), (East, "ben", "SuperviseCases", 0),
            (Department, "ben", "SuperviseCases", 0), (Of(null), "ben", "SuperviseCases", 1),
        })
            Assert.Equal(count, (await Rows(caller, person, permissions, "select object from assessment.appeal")).Count);
    }

    Task<IReadOnlyList<string>> Figures(Caller caller, string? person) => Rows(caller, person ?? "", "", "select object from assessment.figure where period = '2026-01' order by object");

    async Task<IReadOnlyList<string>> Rows(Caller caller, string person, string permissions, string sql)
    {
        using var _ = caller.Enter();
        await using var connection = await Seen.Open(TestContext.Current.CancellationToken);
        await using (var tell = new NpgsqlCommand("select set_config('cityops.person', $1, false), set_config('cityops.permissions', $2, false)", connection) { Parameters = { new() { Value = person }, new() { Value = permissions } } })
            await tell.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        var rows = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            rows.Add(reader.GetString(0));
        return rows;
    }

    [Fact]
    public async Task The_pool_takes_a_callers_scope_off_again()
    {
        Assert.InRange(await Count(West, "gis.components"), 1, 800);
        for (var turn = 0; turn < 25; turn++)
            Assert.Equal(900, await database.Value<long>("select count(*) from gis.components"));
    }

    static Caller Of(JurisdictionScope? scope) => new("test", "test", Role.GridManager.Permissions, scope);

    async Task<long> Count(Caller caller, string from)
    {
        using var _ = caller.Enter();
        await using var command = Seen.CreateCommand($"select count(*) from {from}");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    async Task<int> Run(Caller caller, string statement)
    {
        using var _ = caller.Enter();
        await using var command = Seen.CreateCommand(statement);
        return await command.ExecuteNonQueryAsync();
    }
}
