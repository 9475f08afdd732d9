using CityOps.Gis.Cases;
using CityOps.Gis.PostGis.Access;
using CityOps.Gis.PostGis.Cases;
using CityOps.Gis.PostGis.SpecialTasks;
using CityOps.Gis.SpecialTasks;

namespace CityOps.Gis.Web.Commands;

/// <summary>Work under way in the sample city, for a demonstration: a special task, begun, in the community with the most components, and departments that are called to cases.</summary>
static class FirstWork
{
    const int Cases = 6, PartMinutes = 960;

    /// <summary>Makes it where there is no special task yet.</summary>
    public static async Task MakeDemo(IServiceProvider services, CancellationToken cancel)
    {
        var (tasks, clock) = (services.GetRequiredService<SpecialTaskList>(), services.GetRequiredService<TimeProvider>());
        if ((await tasks.All(cancel)).Count > 0 || (await services.GetRequiredService<LikelyScopes>().Community(cancel)).Communities is not [var community])
            return;
        var now = clock.GetUtcNow();
        await Make(services.GetRequiredService<SpecialDesk>(), tasks, community, now, cancel);
        await Call(services, now, cancel);
    }

    static async Task Make(SpecialDesk desk, SpecialTaskList tasks, string community, DateTimeOffset now, CancellationToken cancel)
    {
        SpecialItem[] items = [new(1, "户外广告牌牢固", "07006", false), new(2, "井盖齐全、无异响", "01002", false), new(3, "沿街无堆物", "06036", false)];
        if ((await desk.Make(new("防台风隐患排查", now.AddMinutes(-1), now.AddDays(3), items) { Area = community, Brief = "台风来临前逐网格排查广告牌、井盖和沿街堆物。" }, cancel)).Task is not { } made)
            return;
        foreach (var (at, grid) in (await tasks.Grids(made, 0, cancel)).Take(items.Length * 3).Index())
            foreach (var item in items.Take(1 + at % items.Length))
                await desk.Tick(new(made, grid.Code, item.Number, 0, at % 4 == 3 && item.Number == 3 ? TickState.NotInOrder : TickState.InOrder) { Note = at % 4 == 3 ? "店外堆放杂物。" : null }, cancel);
    }

    static async Task Call(IServiceProvider services, DateTimeOffset now, CancellationToken cancel)
    {
        var (board, parts, departments) = (services.GetRequiredService<CaseBoard>(), services.GetRequiredService<CaseParts>(), await services.GetRequiredService<CaseDepartments>().All(cancel));
        foreach (var (at, one) in (await board.Page(new(CaseStage.Handle, CaseUrgency.InTime), 0, now, cancel)).Take(Cases).Index())
            if (departments.Where(department => department.Code != one.Department).ElementAtOrDefault(at) is { Code: { } code })
                await parts.Call(one.Fid, new(code, "请派人到现场协助处置。", PartMinutes), cancel);
    }
}
