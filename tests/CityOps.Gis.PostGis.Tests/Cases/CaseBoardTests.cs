using CityOps.Gis.Access;
using CityOps.Gis.Cases;
using CityOps.Gis.PostGis.Cases;
using Npgsql;
using Xunit;
using static CityOps.Gis.Tests.PostGis.Cases.CaseCity;

namespace CityOps.Gis.Tests.PostGis.Cases;

/// <summary>The board over cases of every stage, urgency, class, department and district.</summary>
public sealed class CaseBoardTests(CaseCity city) : IClassFixture<CaseCity>, IAsyncLifetime
{
    static readonly string[] Stages = ["collect", "file", "dispatch", "handle", "feedback", "hang-up", "close", "evaluate", "void"];
    static readonly DateTimeOffset Now = new(2026, 11, 26, 10, 0, 0, TimeSpan.Zero);
    static bool _isFilled;

    CaseBoard Board => new(city.Source, city.Catalog);

    public async ValueTask InitializeAsync()
    {
        if (city.Database.ConnectionString == "" || _isFilled)
            return;
        _isFilled = true;
        await city.Database.Run($"""
            insert into gis.cases (case_number, title, class_code, status, department, occurred_at, deadline, stage_deadline, stage_warning, geom)
            select 'B' || n, '案' || n, (array['06010', '06012', '01002', null])[1 + n % 4], (array['{string.Join("', '", Stages)}'])[1 + n % 9], (array['11', null, '1'])[1 + n % 3], '2026-11-20',
                case when n % 7 <> 0 then timestamptz '2026-11-26 10:00Z' + (n % 11 - 5) * interval '1 hour' end,
                case when n % 5 <> 0 and n % 9 <> 5 then timestamptz '2026-11-26 10:00Z' + (n % 13 - 6) * interval '1 hour' end,
                case when n % 5 <> 0 and n % 9 <> 5 then timestamptz '2026-11-26 10:00Z' + (n % 13 - 8) * interval '1 hour' end,
                ST_SetSRID(ST_MakePoint(118.0001 + (n % 190) * 0.0001, 24.4051), 4490)
            from generate_series(1, 900) n
            """);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public static TheoryData<BoardQuestion> Questions =>
    [
        new BoardQuestion(), new BoardQuestion(Stage: CaseStage.File), new BoardQuestion(Urgency: CaseUrgency.Overdue), new BoardQuestion(Urgency: CaseUrgency.Warning), new BoardQuestion(Urgency: CaseUrgency.InTime),
        new BoardQuestion(Urgency: CaseUrgency.None), new BoardQuestion(Class: "06012"), new BoardQuestion(Department: "11"), new BoardQuestion(Department: BoardQuestion.Nobody), new BoardQuestion(Area: "350203"),
        new BoardQuestion(Area: "350206001001"), new BoardQuestion(Text: "b12"), new BoardQuestion(CaseStage.Handle, CaseUrgency.Overdue, "06010", "11", "350203"), new BoardQuestion(CaseStage.HangUp, CaseUrgency.None),
    ];

    [Theory]
    [MemberData(nameof(Questions))]
    public async Task Pages_places_and_counts_give_the_same_cases_as_plain_SQL(BoardQuestion question)
    {
        foreach (var caller in new[] { Dispatcher, CaseCity.Of(Role.Dispatcher, new() { Districts = ["350203"] }), CaseCity.Of(Role.Dispatcher, new() { Departments = ["1"] }) })
        {
            using var _ = caller.Enter();
            var expected = (await city.Database.Rows(Oracle(question, caller))).Select(long.Parse).ToList();
            var found = new List<BoardCase>();
            for (var page = 0; found.Count == page * CaseBoard.PageSize; page++)
                found.AddRange(await Board.Page(question, page, Now));
            var counts = await Board.Counts(question, Now);

            Assert.Equal(expected, found.Select(one => one.Fid));
            Assert.Equal(expected, (await Board.Places(question, Now)).Select(place => place.Fid));
            Assert.Equal(expected.Count, counts.Total);
            Assert.All(found, one => Assert.Equal(question.Urgency ?? one.Task.Urgency(Now), one.Task.Urgency(Now)));
        }
    }

    [Fact]
    public async Task A_count_says_what_choosing_it_gives()
    {
        using var _ = Dispatcher.Enter();
        var question = new BoardQuestion(CaseStage.Handle, CaseUrgency.Overdue);
        var counts = await Board.Counts(question, Now);

        foreach (var (stage, count) in counts.Stages)
            Assert.Equal((await Board.Counts(question with { Stage = stage }, Now)).Total, count);
        foreach (var (urgency, count) in counts.Urgencies)
            Assert.Equal((await Board.Counts(question with { Urgency = urgency }, Now)).Total, count);
        foreach (var (code, count) in counts.Classes.Where(one => one.Key != ""))
            Assert.Equal((await Board.Counts(question with { Class = code }, Now)).Total, count);
        foreach (var (code, count) in counts.Departments)
            Assert.Equal((await Board.Counts(question with { Department = code }, Now)).Total, count);
    }

    [Fact]
    public async Task A_filed_case_comes_with_the_department_that_it_falls_to_and_the_number_of_its_last_move()
    {
        var fid = (await city.Moves((await city.Reported("01002")).Fid, (Leader, "file"))).Fid;
        using var _ = Dispatcher.Enter();
        var row = (await Rows(new(CaseStage.File, Class: "01002"))).Single(one => one.Fid == fid);

        Assert.Equal(("1", 2), (row.LikelyDepartment, row.Moves));
    }

    [Fact]
    public async Task The_board_is_read_in_order_of_the_index_of_open_cases()
    {
        await city.Database.Run("analyze gis.cases");
        await using var connection = await city.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await new NpgsqlCommand("set local enable_seqscan = off; set local enable_bitmapscan = off", connection).ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await using var explain = new NpgsqlCommand("""
            explain select fid from gis.cases where status in ('collect', 'file', 'dispatch', 'handle', 'feedback', 'hang-up')
            order by case when status = 'hang-up' then null else coalesce(stage_deadline, deadline) end nulls last, fid limit 50
            """, connection);
        var plan = new List<string>();
        await using (var reader = await explain.ExecuteReaderAsync(TestContext.Current.CancellationToken))
            while (await reader.ReadAsync(TestContext.Current.CancellationToken))
                plan.Add(reader.GetString(0));

        Assert.DoesNotContain(plan, line => line.Contains("Sort", StringComparison.Ordinal));
        Assert.Contains(plan, line => line.Contains("Index", StringComparison.Ordinal) && line.Contains("cases", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whoever_handled_the_class_nearby_is_advised_after_whom_the_rule_names()
    {
        await city.Database.Run("""
            insert into gis.cases (case_number, title, class_code, status, department, occurred_at, geom) values
                ('N1', '近', '09011', 'close', '11', now() - interval '2 days', ST_SetSRID(ST_MakePoint(118.0021, 24.4020), 4490)),
                ('N2', '远', '09011', 'close', '11', now() - interval '2 days', ST_SetSRID(ST_MakePoint(118.0500, 24.4020), 4490)),
                ('N3', '早', '09011', 'close', '1', now() - interval '300 days', ST_SetSRID(ST_MakePoint(118.0021, 24.4020), 4490))
            """);
        var (plain, ruled) = ((await city.Report(Collector, new("09011", "占道") { Place = (118.002, 24.402) })).State!.Fid, (await city.Reported("01002")).Fid);
        using var _ = Dispatcher.Enter();
        var advice = new DispatchAdvice(city.Source, city.Catalog);

        var near = Assert.Single(await advice.Of(plain));
        Assert.Equal(("11", false, 1), (near.Code, near.IsByRule, near.Handled));
        Assert.InRange(near.Meters!.Value, 5, 20);
        Assert.Equal(("1", true), ((await advice.Of(ruled))[0].Code, (await advice.Of(ruled))[0].IsByRule));
    }

    async Task<IReadOnlyList<BoardCase>> Rows(BoardQuestion question) => await Board.Page(question, 0, DateTimeOffset.UtcNow);

    // The same question in other words: no index, no compiler, the urgency as the clock defines it.
    static string Oracle(BoardQuestion question, Caller caller)
    {
        const string due = "(case when status <> 'hang-up' then coalesce(stage_deadline, deadline) end)";
        var now = $"timestamptz '{Now:yyyy-MM-dd HH:mm:ss}Z'";
        string?[] conditions =
        [
            "status <> all(array['close', 'evaluate', 'void'])", question.Stage is { } stage ? $"status = '{CaseCodes.Of(stage)}'" : null, question.Class is { } kind ? $"class_code = '{kind}'" : null,
            question.Department == BoardQuestion.Nobody ? "department_code is null" : question.Department is { } department ? $"department_code = '{department}'" : null,
            question.Area is { } area ? $"(district_code = '{area}' or community_code = '{area}')" : null, question.Text is { } text ? $"case_number ilike '%{text}%'" : null,
            question.Urgency switch
            {
                CaseUrgency.None => $"{due} is null",
                CaseUrgency.Overdue => $"{due} < {now}",
                CaseUrgency.Warning => $"not {due} < {now} and stage_warning <= {now}",
                CaseUrgency.InTime => $"not {due} < {now} and not coalesce(stage_warning <= {now}, false)",
                _ => null,
            },
            caller.Scope is { Districts: [var district] } ? $"district_code = '{district}'" : caller.Scope is { Departments.Count: > 0 } ? "department_code in ('1', '11')" : null,
        ];
        return $"select fid from gis.cases where {string.Join(" and ", conditions.Where(one => one is not null))} order by {due} nulls last, fid";
    }
}
