using CityOps.Gis.Access;
using CityOps.Gis.PostGis.Cases;
using Xunit;
using static CityOps.Gis.Tests.PostGis.Cases.CaseCity;

namespace CityOps.Gis.Tests.PostGis.Cases;

public sealed class CaseListTests(CaseCity city) : IClassFixture<CaseCity>
{
    [Fact]
    public async Task A_case_is_the_task_of_whom_its_stage_or_its_request_waits_for_and_of_nobody_else()
    {
        var fid = (await city.Reported()).Fid;
        await Waits(fid, Leader);
        await city.Moves(fid, (Operator, "ask-confirm"));
        await Waits(fid, Collector);
        await city.Moves(fid, (Collector, "confirm"), (Leader, "file"));
        await Waits(fid, Dispatcher);
        await city.Moves(fid, (Dispatcher, "dispatch"));
        await Waits(fid, Officer);
        await city.Moves(fid, (Officer, "ask-delay"));
        await Waits(fid, Dispatcher);
        await city.Moves(fid, (Dispatcher, "grant-delay"), (Officer, "accept"), (Officer, "feed-back"));
        await Waits(fid, Leader);
        await city.Moves(fid, (Leader, "close"));
        await Waits(fid);
    }

    [Fact]
    public async Task Tasks_come_by_the_deadline_of_their_stage_and_delivered_ones_by_the_one_they_came_with()
    {
        await city.Database.Run("""
            insert into gis.cases (case_number, status, department, deadline, occurred_at, geom)
            values ('overdue', 'handle', '11', now() - interval '3 days', now() - interval '5 days', ST_SetSRID(ST_MakePoint(118.002, 24.402), 4490))
            """);
        foreach (var classCode in new[] { "06012", "06010", "09005" })
            await city.Moves((await city.Reported(classCode)).Fid, (Leader, "file"), (Dispatcher, "dispatch"), (Officer, "accept"));
        var tasks = await Tasks(Officer);
        var deadlines = tasks.Select(task => task.Deadline!.Value).ToList();

        Assert.InRange(deadlines.Count, 4, CaseTasks.Most);
        Assert.Equal(deadlines.Order(), deadlines);
        Assert.Equal("overdue", tasks[0].Number);
    }

    [Fact]
    public async Task Open_cases_at_the_same_component_are_suggested_first_and_then_those_of_the_class_nearby()
    {
        const string classCode = "09022";
        var at = (await city.Report(Collector, new("08004", "别的问题") { ComponentCode = Nobodys })).State!;
        var near = (await city.Report(Collector, new(classCode, "同类") { Place = (118.00315, 24.40315) })).State!;
        var far = (await city.Report(Collector, new(classCode, "太远") { Place = (118.0045, 24.4030) })).State!;
        var old = (await city.Report(Collector, new(classCode, "太早") { Place = (118.0031, 24.4031), OccurredAt = DateTimeOffset.UtcNow.AddDays(-3) })).State!;
        var gone = (await city.Report(Collector, new(classCode, "作废") { Place = (118.0031, 24.4031) })).State!;
        await city.Moves(gone.Fid, (Leader, "void"));

        var found = await Duplicates(Collector, classCode);

        Assert.Equal(near.Fid, found.SkipWhile(one => one.IsAtComponent).Single().Fid);
        Assert.Contains(found, one => one.Fid == at.Fid && one.IsAtComponent);
        Assert.DoesNotContain(found, one => new[] { far.Fid, old.Fid, gone.Fid }.Contains(one.Fid));
        Assert.Empty(await Duplicates(Stranger, classCode));
    }

    async Task Waits(long fid, params Caller[] whom)
    {
        foreach (var person in new[] { Collector, Leader, Dispatcher, Officer, Others, Stranger, Viewer })
            Assert.True(whom.Contains(person) == (await Tasks(person)).Any(task => task.Fid == fid), $"{person.Name} {string.Join(',', person.Scope?.Departments ?? [])}");
    }

    async Task<IReadOnlyList<CaseTask>> Tasks(Caller caller)
    {
        using var _ = caller.Enter();
        return (await new CaseTasks(city.Source, city.Catalog).Of()).Tasks;
    }

    async Task<IReadOnlyList<LikelyDuplicate>> Duplicates(Caller caller, string classCode)
    {
        using var _ = caller.Enter();
        return await new CaseDuplicates(city.Source, city.Catalog).Of(classCode, 118.003, 24.403, Nobodys);
    }
}
