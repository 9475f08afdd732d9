using CityOps.Gis.PostGis.Cases;
using Npgsql;

namespace CityOps.Gis.PostGis.Emergencies;

/// <summary>The sentences with which what somebody wants of an emergency is refused.</summary>
static class CommandRefusals
{
    public static readonly CaseRefusal NotAllowed = new("not-allowed", new("您的角色不允许这样做。", "Your role does not allow this."));
    public static readonly CaseRefusal NoSuchEmergency = new("no-such-emergency", new("没有这次应急，或与您无关。", "There is no such emergency, or you have nothing to do with it."));
    public static readonly CaseRefusal NeedsTitle = new("needs-title", new("请填写名称（最多 100 字）。", "Give it a title of at most 100 characters."), "title");
    public static readonly CaseRefusal NeedsArea = new("needs-area", new("请选择区域，或在地图上画出范围。", "Choose an area, or draw one on the map."), "area");
    public static readonly CaseRefusal NeedsText = new("needs-text", new("请写明内容（最多 2000 字）。", "Say what it is about, in at most 2,000 characters."), "text");
    public static readonly CaseRefusal NeedsAddressees = new("needs-addressees", new("请至少选择一个部门、网格或人员。", "Choose a department, a grid or a person at least."), "addressees");
    public static readonly CaseRefusal NoSuchPerson = new("no-such-person", new("所选人员已停用，或与此区域无关，请重新选择。", "One of the people has no account any more, or nothing to do with the area: choose again."), "addressees");
    public static readonly CaseRefusal NeedsReport = new("needs-report", new("请写明处置结果。", "Say in the report how it ended."), "report");
    public static readonly CaseRefusal IsOver = new("is-over", new("应急已结束，或此任务已是该状态。", "The emergency is over, or the task stands so already."));

    /// <summary>What the database's own checks say; null for other faults.</summary>
    public static CaseRefusal? Of(PostgresException fault) => fault.SqlState switch
    {
        "CA403" => NotAllowed,
        "CA404" => NoSuchEmergency,
        "CA409" => IsOver,
        "CA422" => NoSuchPerson,
        PostgresErrorCodes.CheckViolation when fault.ConstraintName == "ck_emergency_area" => NeedsArea,
        PostgresErrorCodes.InsufficientPrivilege => NoSuchEmergency,
        _ => null,
    };
}
