using CityOps.Gis.Access;
using CityOps.Gis.Cases;
using CityOps.Gis.PostGis;
using CityOps.Gis.Testing;
using Npgsql;
using Xunit;
using static CityOps.Gis.Tests.PostGis.Cases.CaseCity;

namespace CityOps.Gis.Tests.PostGis.Cases;

/// <summary>What the database lets nobody do to a case, by whatever statement.</summary>
public sealed class CaseGuardTests(CaseCity city) : IClassFixture<CaseCity>
{
    static readonly string[] Stages = [.. Enum.GetValues<CaseStage>().Select(CaseCodes.Of), "nowhere"];

    [Fact]
    public async Task The_database_has_the_table_of_moves_and_nothing_else()
        => Assert.Equal(
            CaseMoves.All.SelectMany(move => move.From.Select(CaseCodes.Of).DefaultIfEmpty("").Select(from => $"{move.Id}|{from}|{(move.To is { } to ? CaseCodes.Of(to) : from)}|{move.Who}")).Order(StringComparer.Ordinal),
            (await city.Database.Rows("select move, from_stage, to_stage, permission from cases.move_rule")).Order(StringComparer.Ordinal));

    [Fact]
    public async Task No_update_of_any_case_changes_its_stage_even_by_the_owner_of_the_table()
    {
        var fid = (await city.Reported()).Fid;
        await city.Database.Run("insert into gis.cases (case_number, status, occurred_at, geom) values ('taken-over', 'handle', now(), ST_SetSRID(ST_MakePoint(118.002, 24.402), 4490))");
        foreach (var stage in Stages)
            foreach (var which in new[] { $"fid = {fid} and status <> '{stage}'", $"case_number = 'taken-over' and status <> '{stage}'" })
                if (await city.Database.Value<bool>($"select exists (select from gis.cases where {which})"))
                    await Refused($"update gis.cases set status = '{stage}' where {which}");
        await Refused($"set cityops.bulk = 'on'; update gis.cases set status = 'close' where fid = {fid}");
        await Refused($"update gis.cases set status = null where fid = {fid}");
    }

    [Theory]
    [InlineData("deadline = now() + interval '1 year'")]
    [InlineData("stage_deadline = null")]
    [InlineData("department = '11'")]
    [InlineData("closed_at = now()")]
    [InlineData("occurred_at = now() - interval '1 year'")]
    [InlineData("case_number = 'other'")]
    [InlineData("request = 'delay'")]
    [InlineData("fid = fid + 1000000")]
    public async Task What_follows_from_moves_cannot_be_written(string change)
        => await Refused($"update gis.cases set {change} where fid = {(await city.Reported()).Fid}");

    [Fact]
    public async Task Other_fields_and_the_place_can_be_put_right_also_over_the_border_of_a_partition()
    {
        var fid = (await city.Reported()).Fid;
        await city.Database.Run("select cityops.ensure_partition('cases', '350206')");
        await city.Database.Run($"update gis.cases set title = '改正', geom = ST_SetSRID(ST_MakePoint(118.012, 24.402), 4490) where fid = {fid}");

        Assert.Equal("改正|350206|gis.cases_d350206", Assert.Single(await city.Database.Rows($"select title, district_code, tableoid::regclass::text from gis.cases where fid = {fid}")));
        await Refused($"update gis.cases set status = 'close' where fid = {fid}");
    }

    [Fact]
    public async Task A_case_is_not_deleted_and_a_delivery_may_write_it_anew_only_as_it_is()
    {
        var fid = (await city.Reported()).Fid;
        await Refused($"delete from gis.cases where fid = {fid}");
        await Refused("truncate gis.cases");
        await Refused($"set local cityops.bulk = 'on'; delete from gis.cases where fid = {fid}");
        const string again = "begin; create temporary table kept on commit drop as select * from gis.cases where fid = {0}; set local cityops.bulk = 'on'; delete from gis.cases where fid = {0}; update kept set {1}; insert into gis.cases select * from kept; commit";
        await Refused(string.Format(System.Globalization.CultureInfo.InvariantCulture, again, fid, "status = 'evaluate'"));
        await city.Database.Run(string.Format(System.Globalization.CultureInfo.InvariantCulture, again, fid, "title = 'again'"));

        Assert.Equal("again", await city.Database.Value<string>($"select title from gis.cases where fid = {fid}"));
    }

    [Theory]
    [InlineData("insert into cases.move (fid, number, at, move, from_stage, to_stage, who) select fid, 2, now(), 'close', 'collect', 'close', 'x' from one", "CA422")]
    [InlineData("insert into cases.move (fid, number, at, move, from_stage, to_stage, who) select fid, 2, now(), 'close', 'feedback', 'close', 'x' from one", "CA422")]
    [InlineData("insert into cases.move (fid, number, at, move, from_stage, to_stage, who) select fid, 2, now(), 'file', 'collect', 'handle', 'x' from one", "CA422")]
    [InlineData("insert into cases.move (fid, number, at, move, from_stage, to_stage, who) select fid, 2, now(), 'void', 'collect', 'void', 'x' from one", "CA422")]
    [InlineData("insert into cases.move (fid, number, at, move, from_stage, to_stage, who, note) select fid, 2, now(), 'confirm', 'collect', 'collect', 'x', 'note' from one", "CA422")]
    [InlineData("insert into cases.move (fid, number, at, move, from_stage, to_stage, who, note) select fid, 1, now(), 'report', '', 'collect', 'x', 'again' from one", "CA409")]
    [InlineData("insert into cases.move (fid, number, at, move, from_stage, to_stage, who) select fid, 3, now(), 'file', 'collect', 'file', 'x' from one", "CA409")]
    [InlineData("insert into cases.move (fid, number, at, move, from_stage, to_stage, who) select fid, 2, now() - interval '1 day', 'file', 'collect', 'file', 'x' from one", "CA422")]
    [InlineData("insert into cases.move (fid, number, at, move, from_stage, to_stage, who) values (-1, 1, now(), 'file', 'collect', 'file', 'x')", "CA404")]
    [InlineData("insert into cases.move (fid, number, at, move, from_stage, to_stage, who, photos) select fid, 2, now(), 'file', 'collect', 'file', 'x', 1 from one", "CA422")]
    [InlineData("insert into cases.photo (id, fid, number, position, width, height, bytes, small) select gen_random_uuid(), fid, 1, 1, 1, 1, '\\xffd8ff', '\\xffd8ff' from one", "CA422")]
    [InlineData("update cases.move set note = 'never said' where fid in (select fid from one)", "42501")]
    [InlineData("delete from cases.move where fid in (select fid from one)", "42501")]
    [InlineData("truncate cases.photo", "42501")]
    public async Task A_row_that_breaks_the_table_is_not_written_and_none_is_changed(string statement, string state)
    {
        var fid = (await city.Reported()).Fid;
        var fault = await Assert.ThrowsAsync<PostgresException>(() => city.Database.Run($"create temporary table one as select {fid}::bigint as fid; {statement}"));
        Assert.Equal(state, fault.SqlState);
        Assert.Empty(await city.Database.Rows(CaseOracle.Breaches));
    }

    [Theory]
    [InlineData("insert into gis.cases (case_number, status, occurred_at, geom) values (gen_random_uuid()::text, 'close', now(), ST_SetSRID(ST_MakePoint(118.002, 24.402), 4490))")]
    [InlineData("insert into gis.cases (case_number, status, occurred_at, closed_at, geom) values (gen_random_uuid()::text, 'collect', now(), now(), ST_SetSRID(ST_MakePoint(118.002, 24.402), 4490))")]
    [InlineData("delete from gis.cases where case_number = 'delivered'")]
    [InlineData("update gis.cases set deadline = now() where case_number = 'delivered'")]
    public async Task People_cannot_bring_a_case_in_at_a_later_stage_nor_touch_a_delivered_one(string statement)
    {
        await city.Database.Run("insert into gis.cases (case_number, status, occurred_at, geom) select 'delivered', 'collect', now(), ST_SetSRID(ST_MakePoint(118.002, 24.402), 4490) where not exists (select from gis.cases where case_number = 'delivered')");
        using var _ = Collector.Enter();
        await using var command = new CallerDatabase(city.Source).CreateCommand(statement);
        var fault = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync());
        Assert.Equal(("23514", "ck_cases_status"), (fault.SqlState, fault.ConstraintName));
    }

    [Fact]
    public async Task Who_does_not_see_a_case_sees_neither_its_moves_nor_its_photos_and_adds_none()
    {
        var fid = (await city.Moves((await city.Reported()).Fid, (Leader, "file"), (Dispatcher, "dispatch"), (Officer, "accept"))).Fid;
        Assert.Equal((4L, 1L), (await Count(Collector, $"cases.move where fid = {fid}"), await Count(Collector, $"cases.photo where fid = {fid} and number = 2")));
        foreach (var other in new[] { Stranger, Others, Caller.Nobody })
            Assert.Equal((0L, 0L), (await Count(other, $"cases.move where fid = {fid}"), await Count(other, $"cases.photo where fid = {fid}")));
        using var _ = Stranger.Enter();
        await using var command = new CallerDatabase(city.Source).CreateCommand($"insert into cases.move (fid, number, at, move, from_stage, to_stage, who, note) values ({fid}, 5, now(), 'feed-back', 'handle', 'feedback', 'x', 'x')");
        Assert.Equal("CA404", (await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync())).SqlState);
    }

    [Fact]
    public async Task A_statement_that_forgot_who_may_is_refused_by_the_database()
    {
        var fid = (await city.Reported()).Fid;
        using var _ = Viewer.Enter();
        await using var command = new CallerDatabase(city.Source).CreateCommand($"insert into cases.move (fid, number, at, move, from_stage, to_stage, who) values ({fid}, 2, clock_timestamp(), 'file', 'collect', 'file', 'x')");
        Assert.Equal("CA403", (await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync())).SqlState);
    }

    async Task Refused(string statement)
    {
        var fault = await Assert.ThrowsAsync<PostgresException>(() => city.Database.Run(statement));
        Assert.Equal(("23514", "ck_cases_status"), (fault.SqlState, fault.ConstraintName));
    }

    async Task<long> Count(Caller caller, string from)
    {
        using var _ = caller.Enter();
        await using var command = new CallerDatabase(city.Source).CreateCommand($"select count(*) from {from}");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
