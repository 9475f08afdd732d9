using CityOps.Gis.PostGis.Cases;
using Npgsql;

namespace CityOps.Gis.PostGis.SpecialTasks;

/// <summary>The sentences with which what somebody wants of a special task is refused.</summary>
static class SpecialRefusals
{
    public static readonly CaseRefusal NotAllowed = new("not-allowed", new("您的角色不允许这样做。", "Your role does not allow this."));
    public static readonly CaseRefusal NoSuchTask = new("no-such-task", new("没有这项任务，或不在您的范围内。", "There is no such task, or it lies outside your scope."));
    public static readonly CaseRefusal BeyondScope = new("beyond-scope", new("此任务还涉及您范围以外的网格，须由管辖全部网格的人撤销。", "The task reaches beyond your scope: somebody whose scope holds all its grids withdraws it."));
    public static readonly CaseRefusal NeedsTitle = new("needs-title", new("请填写任务名称（最多 100 字）。", "Give the task a title of at most 100 characters."), "title");
    public static readonly CaseRefusal NeedsTime = new("needs-time", new("结束时间须晚于开始时间。", "It ends after it begins."), "ends");
    public static readonly CaseRefusal NeedsItems = new("needs-items", new("请列出 1 至 50 个检查项，每项最多 500 字。", "List 1 to 50 items of at most 500 characters."), "items");
    public static readonly CaseRefusal NeedsArea = new("needs-area", new("请选择区域，或在地图上画出范围。", "Choose an area, or draw one on the map."), "area");
    public static readonly CaseRefusal NoGrids = new("no-grids", new("此范围内没有您可布置的单元网格。", "There is no unit grid there that is yours to give a task."), "area");
    public static readonly CaseRefusal TooManyGrids = new("too-many-grids", new($"此范围的单元网格超过 {SpecialDesk.MostGrids} 个，请缩小范围。", $"There are more than {SpecialDesk.MostGrids} unit grids; choose a smaller area."), "area");
    public static readonly CaseRefusal NeedsNote = new("needs-note", new("不合格须写明情况。", "Say in a sentence what is not in order."), "note");
    public static readonly CaseRefusal TooMuch = new("too-much", new("说明最多 2000 字，照片最多 9 张。", "A note has 2,000 characters and nine photos at most."), "note");
    public static readonly CaseRefusal Changed = new("somebody-was-faster", new("此项已有变化，请重新查看。", "The item has changed; look at it again."));

    /// <summary>What the database's own checks say; null for other faults.</summary>
    public static CaseRefusal? Of(PostgresException fault) => fault.SqlState switch
    {
        "CA404" => NoSuchTask,
        "CA403" => NotAllowed,
        "CA409" => Changed,
        "CA427" => BeyondScope,
        "CA422" => new("not-possible", new("现在不能这样操作：任务未开始或已撤销、缺少照片，或此项已是该状态。", "This is not possible now: the task has not begun or is withdrawn, a photo is missing, or the item stands so already.")),
        PostgresErrorCodes.UniqueViolation => Changed,
        PostgresErrorCodes.InsufficientPrivilege => NoSuchTask,
        _ => null,
    };
}
