using Bunit;
using CityOps.Gis.Access;
using CityOps.Gis.PostGis.Emergencies;
using CityOps.Gis.Queries;
using CityOps.Gis.Testing;
using CityOps.Gis.Web.Emergencies;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CityOps.Gis.Tests.Web.Emergencies;

/// <summary>Tasks of an emergency over the west of a small city, as those see them who send and who answer.</summary>
public sealed class EmergencyTasksTests : IAsyncLifetime
{
    const string Grid = "350203001001001";
    static readonly Caller Leader = Of(Role.ShiftLeader, null), Officer = Of(Role.DepartmentOfficer, new() { Departments = ["11"] });
    static readonly IReadOnlyList<GridStaff> People = [new("350203001001901", "一格", "林海", null, [Grid]), new("350203001001902", "二格", null, null, ["350203001001002"]), new("350203001001903", "无格", null, null, [])];
    readonly PostGisDatabase _database = PostGisDatabase.Filled(SmallCity.Sql);

    public ValueTask InitializeAsync() => _database.InitializeAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task One_message_goes_to_all_that_are_ticked_and_the_form_is_empty_for_the_next()
    {
        await using var page = new PageContext("en", _database.Source);
        using var _ = Leader.Enter();
        var (emergency, told) = (await Opened(page), 0);
        var tasks = await Render(page, emergency, () => told++);
        await tasks.Change("#order-said", "转移人员");
        await tasks.Change("[data-to-department='11']", true);
        await tasks.Change("[data-to-all-grids]", true);
        await tasks.Change("[data-to-grid='350203001001002']", false);
        Assert.Equal("Send to 2", tasks.Find("[data-send-tasks]").TextContent);
        Assert.False(tasks.Find("[data-to-all-grids]").HasAttribute("checked"));
        await tasks.Submit("[data-send-form]");

        tasks.WaitForAssertion(() => Assert.Equal("Send to 0", tasks.Find("[data-send-tasks]").TextContent));
        Assert.Equal(["市政设施中心 转移人员", "一格 林海 转移人员"], (await Sent(page, emergency)).Select(task => $"{task.To.Name} {task.Said}"));
        Assert.Equal(("", 1), (tasks.Find("#order-said").GetAttribute("value") ?? "", told));
    }

    [Fact]
    public async Task What_is_sent_to_nobody_is_refused_and_what_was_typed_stays()
    {
        await using var page = new PageContext("zh", _database.Source);
        using var _ = Leader.Enter();
        var emergency = await Opened(page);
        var tasks = await Render(page, emergency);
        await tasks.Change("#order-said", "转移人员");
        await tasks.Submit("[data-send-form]");
        Assert.Equal("请至少选择一个部门、网格或人员。", tasks.WaitForElement("[data-send-form] [role=alert]").TextContent);
        Assert.Equal("转移人员", tasks.Find("#order-said").GetAttribute("value"));
    }

    [Fact]
    public async Task Who_only_answers_is_told_at_the_task_why_an_answer_was_refused()
    {
        await using var page = new PageContext("en", _database.Source);
        var emergency = await OpenedWith(page, "待命");
        using var _ = Officer.Enter();
        var tasks = await Render(page, emergency);
        Assert.Empty(tasks.FindAll("[data-send-form]"));
        using (Leader.Enter())
            await page.Services.GetRequiredService<CommandDesk>().Close(emergency.Id, "排除");

        await tasks.Click("[data-take]");
        Assert.Equal("The emergency is over, or the task stands so already.", tasks.WaitForElement("[data-emergency-task='1'] [role=alert]").TextContent);
    }

    [Fact]
    public async Task What_was_begun_for_one_task_is_not_said_of_another()
    {
        await using var page = new PageContext("en", _database.Source);
        var emergency = await OpenedWith(page, "转移", "封路");
        using var _ = Officer.Enter();
        var tasks = await Render(page, emergency);
        await tasks.Click("[data-finish='1']");
        await tasks.Change("[data-emergency-task] textarea", "已转移 20 人");
        await tasks.Click("[data-take='2']");
        Assert.Equal("已转移 20 人", tasks.Find("[data-emergency-task='1'] textarea").GetAttribute("value"));
        await tasks.Click("[data-finish='2']");
        Assert.Equal("", tasks.Find("[data-emergency-task='2'] textarea").GetAttribute("value") ?? "");
        Assert.Equal([("sent", null), ("taken", null)], (await Sent(page, emergency)).Select(task => (task.State, task.Answer)));
    }

    [Theory]
    [InlineData("zh", "department-officer 2026-11-26 09:00：已转移", "已完成")]
    [InlineData("en", "department-officer 2026-11-26 09:00: 已转移", "Done")]
    public async Task An_answer_stands_with_who_gave_it_as_the_language_of_the_page_has_it(string language, string answer, string state)
    {
        await using var page = new PageContext(language, _database.Source);
        using var _ = Officer.Enter();
        var at = new DateTimeOffset(2026, 11, 26, 1, 0, 0, TimeSpan.Zero);
        var task = new EmergencyTask(1, at, new(Addressee.Department, "11", "市政设施中心"), "转移", "Ann", "done", at, "department-officer", "已转移", true);
        var tasks = Render(page, new(1, "台风", at, "Ann", null, null, null, null), [task]);
        Assert.EndsWith(answer, tasks.Find("[data-emergency-task] .hint").TextContent, StringComparison.Ordinal);
        Assert.Equal(state, tasks.Find("[data-emergency-task] span").TextContent);
        Assert.Empty(tasks.FindAll("button"));
    }

    static Caller Of(Role role, JurisdictionScope? scope) => new(role.Id, role.Id, role.Permissions, scope) { Roles = [role.Id] };

    static async Task<Emergency> Opened(PageContext page)
    {
        var opened = await page.Services.GetRequiredService<CommandDesk>().Open(new("台风") { Area = "350203", Token = Guid.NewGuid() });
        return (await page.Services.GetRequiredService<EmergencyList>().Find(opened.Emergency!.Value))!;
    }

    // Tasks of the officer's department.
    static async Task<Emergency> OpenedWith(PageContext page, params string[] orders)
    {
        using var _ = Leader.Enter();
        var emergency = await Opened(page);
        foreach (var order in orders)
            Assert.Null((await page.Services.GetRequiredService<CommandDesk>().Send(emergency.Id, order, [new(Addressee.Department, "11", "市政设施中心")], Guid.NewGuid())).Refusal);
        return emergency;
    }

    static Task<IReadOnlyList<EmergencyTask>> Sent(PageContext page, Emergency emergency) => page.Services.GetRequiredService<EmergencyList>().Tasks(emergency.Id);

    static async Task<IRenderedComponent<EmergencyTasks>> Render(PageContext page, Emergency emergency, Action? told = null) => Render(page, emergency, await Sent(page, emergency), told);

    static IRenderedComponent<EmergencyTasks> Render(PageContext page, Emergency emergency, IReadOnlyList<EmergencyTask> tasks, Action? told = null) => page.Render<EmergencyTasks>(set => set
        .Add(one => one.Emergency, emergency).Add(one => one.Tasks, tasks).Add(one => one.People, People).Add(one => one.Departments, [("1", "市城市管理局"), ("11", "市政设施中心")]).Add(one => one.OnChanged, () => told?.Invoke()));
}
