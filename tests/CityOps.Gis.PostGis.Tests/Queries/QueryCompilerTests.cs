using CityOps.Gis.Features;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;
using CityOps.Gis.Queries;
using CityOps.Gis.Queries.Cql2;
using CityOps.Gis.Testing;
using NetTopologySuite.Geometries;
using Npgsql;
using Xunit;

namespace CityOps.Gis.Tests.PostGis.Queries;

public sealed class QueryCompilerTests(PostGisDatabase database) : IClassFixture<PostGisDatabase>
{
    const int Seed = 20261125;

    static readonly LayerDefinition Cases = PostGisDatabase.Catalog.Find("cases")!, Cameras = PostGisDatabase.Catalog.Find("cameras")!;

    [Theory]
    [InlineData("filter=class_code='0101'", "class_code")]
    [InlineData("filter=class_code IN ('0101','0102')", "class_code")]
    [InlineData("filter=district_code='350203' AND department_code='12'", "department_code")]
    [InlineData("filter=occurred_at > TIMESTAMP('2026-01-01T00:00:00Z')", "occurred_at")]
    [InlineData("filter=T_DURING(occurred_at, INTERVAL('2026-01-01', '2026-02-01'))", "occurred_at")]
    [InlineData("filter=S_INTERSECTS(geom, BBOX(118,24.4,118.1,24.5))", "geom")]
    [InlineData("filter=S_WITHIN(geom, POLYGON((118 24,119 24,119 25,118 24)))", "geom")]
    [InlineData("filter=status='filing' AND S_TOUCHES(geom, LINESTRING(118 24,119 24))", "geom")]
    [InlineData("polygon=POLYGON((118 24,119 24,119 25,118 24))", "geom")]
    [InlineData("near=118.1,24.5,200", "geom")]
    [InlineData("department=12", "department_code")]
    [InlineData("filter=fid=7", "pkey")]
    public async Task A_question_uses_the_index(string asked, string column)
    {
        var (query, faults) = FeatureQueryText.Parse(Cases, asked.Split('&').Select(part => part.Split('=', 2)).Select(part => KeyValuePair.Create(part[0], part[1])));

        Assert.Empty(faults);
        Assert.Matches($"Index (Only )?Scan[^\n]*_{column}", await Plan(query));
    }

    [Fact]
    public async Task The_scope_of_a_caller_leaves_the_spatial_index_in_use()
        => Assert.Matches("Index Scan[^\n]*_geom", await Plan(new("cases")
        {
            Box = (118, 24.4, 118.1, 24.5),
            Scope = new() { Subdistricts = ["350203001"], Departments = ["12"] },
        }));

    [Fact]
    public void Nothing_of_a_callers_text_is_SQL()
    {
        var questions = new RandomQuestions(new(Seed), PostGisDatabase.Catalog.Find("management_grids")!, new Dictionary<string, string[]> { ["name"] = ["'; drop table gis.cases; --", "ZZQ"] });
        for (var number = 0; number < 2_000; number++)
        {
            var where = QueryCompiler.Compile(PostGisDatabase.Catalog.Find("management_grids")!, questions.Next(6)).Where;

            Assert.DoesNotContain('\'', where);
            Assert.DoesNotContain("ZZQ", where, StringComparison.Ordinal);
            Assert.DoesNotContain(';', where);
        }
    }

    [Fact]
    public async Task A_filter_of_many_conditions_or_a_long_sum_is_answered()
    {
        foreach (var text in new[]
        {
            string.Join(" OR ", Enumerable.Range(0, 11_000).Select(_ => "1+1=1")), string.Join(" AND ", Enumerable.Range(0, 6_000).Select(fid => $"fid<>{fid}")),
            string.Join("*", Enumerable.Range(0, 150).Select(_ => "fid")) + ">1", $"fid IN ({string.Join(",", Enumerable.Range(0, 15_000))})", new string('(', 60) + "fid" + string.Concat(Enumerable.Repeat("+1)", 60)) + ">1",
        })
        {
            var (filter, fault) = CqlFilter.ParseText(text, Cases);
            Assert.True(filter is not null, fault?.Sentence.En);
            Assert.InRange((await Fids(new("cases") { Filter = filter })).Count, 0, 10);
        }
    }

    [Fact]
    public async Task A_day_in_the_past_is_answered_from_the_table_and_the_history()
    {
        var store = new FeatureStore(database.Source);
        Task<Feature> Filed(string number) => store.Insert(Cameras, new Point(118.1, 24.5) { SRID = 4490 }, new Dictionary<string, object?> { ["camera_id"] = number, ["status"] = "online" });
        var (kept, closed, gone) = (await Filed("kept"), await Filed("closed"), await Filed("gone"));
        var before = await Now();
        await store.Update(Cameras, closed.Fid, null, new Dictionary<string, object?> { ["status"] = "offline" });
        await database.Run($"delete from gis.cameras where fid = {gone.Fid}");
        var (later, after) = (await Filed("later"), await Now());

        Assert.Equal([kept.Fid, closed.Fid, gone.Fid], await Fids(new("cameras") { AsOf = before }));
        Assert.Equal([closed.Fid], await Fids(new("cameras") { AsOf = before, Filter = CqlFilter.ParseText($"status='online' AND fid={closed.Fid}", Cameras).Filter }));
        Assert.Equal([kept.Fid, closed.Fid, later.Fid], await Fids(new("cameras") { AsOf = after }));
        Assert.Empty(await Fids(new("cameras") { AsOf = after, Statuses = ["online"], Filter = CqlFilter.ParseText($"fid={closed.Fid}", Cameras).Filter }));
        Assert.Empty(await Fids(new("cameras") { AsOf = DateTimeOffset.UnixEpoch }));
        Assert.Equal(3, await store.Count(Cameras, new("cameras") { AsOf = before }));
        await database.Run("delete from gis.cameras");
    }

    [Fact]
    public async Task Arithmetic_is_that_of_memory()
    {
        var random = new Random(Seed);
        double[] odd = [0, -0.0, 1, -1, 0.5, 3, 1e-200, 1e200, 1e308, double.MaxValue, double.Epsilon, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 690, -2, 1e150, 1e-150];
        double Any() => random.Next(2) == 0 ? odd[random.Next(odd.Length)] : (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-5, 9));
        var pairs = Enumerable.Range(0, 3_000).Select(_ => (A: Any(), B: Any())).ToList();
        foreach (var (name, function) in new[] { ("+", "plus"), ("-", "minus"), ("*", "times"), ("/", "over"), ("%", "modulo"), ("div", "div"), ("^", "power") })
        {
            var found = await Column<double?>($"select cityops.cql_{function}(a, b) from unnest($1, $2) with ordinality as pair(a, b, at) order by at", pairs.Select(one => one.A).ToArray(), pairs.Select(one => one.B).ToArray());

            foreach (var ((a, b), sql) in pairs.Zip(found))
                Assert.True(CqlArithmetic.Of(name, a, b) == sql, $"Seed {Seed}: {a:R} {name} {b:R} is {CqlArithmetic.Of(name, a, b):R} in memory and {sql:R} in SQL");
        }
    }

    [Fact]
    public async Task Letters_are_folded_as_in_memory()
    {
        var letters = Enumerable.Range(1, char.MaxValue).Select(code => (char)code).Where(letter => !char.IsSurrogate(letter)).Select(letter => letter.ToString()).ToArray();

        Assert.Equal(letters.Select(CaseFolding.Fold), await Column<string>("select cityops.fold_case(letter) from unnest($1) with ordinality as one(letter, at) order by at", [letters]));
    }

    [Fact]
    public async Task Days_begin_and_end_as_in_memory()
    {
        var days = new[] { int.MinValue, -730_119, -730_118, -730_117, -1, 0, 1, 9_000, 2_921_937, 2_921_938, 2_921_939, 3_000_000, int.MaxValue };
        string Of(string function) => $"select case when moment = 'infinity' then {long.MaxValue} when moment = '-infinity' then {long.MinValue + 1}::bigint - 1 else (extract(epoch from moment) * 1000000)::bigint - 946684800000000 end"
            + $" from unnest($1) with ordinality as one(days, at), lateral (select cityops.{function}(case when days = {int.MaxValue} then 'infinity' when days = {int.MinValue + 1} - 1 then '-infinity' else date '2000-01-01' + days end)) made(moment) order by at";

        Assert.Equal(days.Select(day => CqlTimes.StartMicros(day)), await Column<long>(Of("day_start"), [days]));
        Assert.Equal(days.Select(day => CqlTimes.EndMicros(day)), await Column<long>(Of("day_end"), [days]));
    }

    async Task<string> Plan(FeatureQuery query)
    {
        var filter = QueryCompiler.Compile(Cases, query);
        await using var connection = await database.Source.OpenConnectionAsync();
        await using (var eager = new NpgsqlCommand("set enable_seqscan = off; set enable_bitmapscan = off", connection))
            await eager.ExecuteNonQueryAsync();
        await using var command = filter.Command(connection, $"explain select fid from {QueryCompiler.Source(Cases, query, filter)} where {filter.Where}");
        await using var reader = await command.ExecuteReaderAsync();
        var plan = new List<string>();
        while (await reader.ReadAsync())
            plan.Add(reader.GetString(0));
        return string.Join('\n', plan);
    }

    async Task<List<long>> Fids(FeatureQuery query)
    {
        var filter = QueryCompiler.Compile(PostGisDatabase.Catalog.Find(query.LayerId)!, query);
        await using var command = filter.Command(database.Source, $"select fid from {QueryCompiler.Source(PostGisDatabase.Catalog.Find(query.LayerId)!, query, filter)} where {filter.Where} order by fid");
        return await Read<long>(command);
    }

    async Task<List<T>> Column<T>(string sql, params object[] values)
    {
        await using var command = new CallerDatabase(database.Source).CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        return await Read<T>(command);
    }

    static async Task<List<T>> Read<T>(CallerCommand command)
    {
        await using var reader = await command.ExecuteReaderAsync();
        var found = new List<T>();
        while (await reader.ReadAsync())
            found.Add(await reader.IsDBNullAsync(0) ? default! : await reader.GetFieldValueAsync<T>(0));
        return found;
    }

    async Task<DateTimeOffset> Now() => new(await database.Value<DateTime>("select clock_timestamp()"), TimeSpan.Zero);
}
