using CityOps.Gis.Cases;
using CityOps.Gis.Layers;
using Npgsql;

namespace CityOps.Gis.PostGis.Cases;

/// <summary>The sentences with which reports and moves are refused.</summary>
static class CaseRefusals
{
    public static readonly CaseRefusal NoSuchCase = new("no-such-case", new("没有这个案件，或不在您的范围内。", "There is no such case, or it lies outside your scope."));
    public static readonly CaseRefusal Changed = new("somebody-was-faster", new("此案件已有变化，请重新查看。", "The case has changed; look at it again."));
    public static readonly CaseRefusal UnknownMove = new("unknown-move", new("没有这种操作。", "There is no such move."), "move");
    public static readonly CaseRefusal NotAllowed = new("not-allowed", new("您的角色不允许这样做。", "Your role does not allow this."));
    public static readonly CaseRefusal NotYourDepartment = new("not-allowed", new("此案件不由您的部门处置。", "The case is not for your department."));
    public static readonly CaseRefusal FourEyes = new("four-eyes", new("您处置过此案件，核查和结案须由他人完成。", "You have handled this case: somebody else has to inspect and close it."));
    public static readonly CaseRefusal NeedsNote = new("needs-note", new("请写明情况。", "Say in a sentence what it is about."), "note");
    public static readonly CaseRefusal NoteTooLong = new("note-too-long", new("说明最多 2000 字。", "A note has 2,000 characters at most."), "note");
    public static readonly CaseRefusal NeedsPhoto = new("needs-photo", new("请至少附一张照片。", "Add at least one photo."), "photos");
    public static readonly CaseRefusal TooManyPhotos = new("too-many-photos", new("最多附 9 张照片。", "At most 9 photos."), "photos");
    public static readonly CaseRefusal NeedsDepartment = new("needs-department", new("请选择处置部门。", "Choose the department that shall handle it."), "department");
    public static readonly CaseRefusal NeedsDelay = new("needs-delay", new("请填写延长的工作时间（1 分钟以上）。", "Say how much working time is to be added: a minute or more."), "delayMinutes");
    public static readonly CaseRefusal NoClass = new("unknown-class", new("没有这个事项类别。", "There is no such class of matters."), "classCode");
    public static readonly CaseRefusal NoComponent = new("unknown-component", new("没有这个部件，或不在您的范围内。", "There is no such component, or it lies outside your scope."), "componentCode");
    public static readonly CaseRefusal NoPlace = new("needs-place", new("请给出位置或部件。", "Give a place or a component."), "place");
    public static readonly CaseRefusal OutsideScope = new("outside-scope", new("此位置不在您的范围内。", "The place lies outside your scope."), "place");
    public static readonly CaseRefusal NoSource = new("unknown-source", new("没有这种问题来源。", "There is no such source."), "source");
    public static readonly CaseRefusal InFuture = new("in-future", new("发现时间不能晚于现在。", "It cannot have been seen later than now."), "occurredAt");

    public static readonly CaseRefusal PartsOpen = new("parts-open", new("还有部门未完成协办，待全部完成、退回或撤销后再操作。", "Departments are still at their parts of this case: wait until these are done, refused or withdrawn."));
    public static readonly CaseRefusal StillSeen = new("still-seen", new("摄像头仍能看到此问题：请先通过摄像头复核，确认已消除后再结案。", "The camera still sees it: have somebody look by the camera again and say that it is gone, then close the case."));
    public static readonly CaseRefusal NeedsAsked = new("needs-asked", new("请写明请该部门做什么。", "Say what the department shall do."), "asked");
    public static readonly CaseRefusal NeedsPartTime = new("needs-time", new("请填写办理时间（1 个工作分钟以上）。", "Say how much working time it has: a minute or more."), "workingMinutes");
    public static readonly CaseRefusal NeedsOtherDepartment = new("needs-department", new("请选择主办部门以外的部门。", "Choose a department other than the one that leads the case."), "department");
    public static readonly CaseRefusal CalledAlready = new("called-already", new("该部门已被协办，尚未完成。", "This department has been called already and is not done yet."), "department");

    /// <param name="last">The move that came in between.</param>
    public static CaseRefusal SomebodyWasFaster(MadeMove? last, LocalText stage)
        => last is null ? Changed : new("somebody-was-faster", new($"{last.Who} 已先一步处理了此案件，现为“{stage.Zh}”，请查看后再操作。", $"{last.Who} was faster: the case is now '{stage.En}'. Look at it and decide again."));

    public static CaseRefusal NotPossible(LocalText stage, CaseRequest? waiting)
        => new("not-possible", waiting is null
            ? new($"案件现为“{stage.Zh}”，不能这样操作。", $"The case is '{stage.En}', from where this move does not go.")
            : new($"案件现为“{stage.Zh}”，且有申请待答复，不能这样操作。", $"The case is '{stage.En}' and a request waits for its answer; this move is not possible now."));

    /// <summary>What a move lacks; null where it has all it needs.</summary>
    /// <param name="photos">How many come with it.</param>
    public static CaseRefusal? Missing(CaseNeeds needs, CaseOrder order, int photos)
        => needs.HasFlag(CaseNeeds.Note) && string.IsNullOrWhiteSpace(order.Note) ? NeedsNote
            : order.Note?.Length > 2000 ? NoteTooLong
            : needs.HasFlag(CaseNeeds.Photo) && photos == 0 ? NeedsPhoto
            : photos > 9 ? TooManyPhotos
            : needs.HasFlag(CaseNeeds.Department) && string.IsNullOrEmpty(order.Department) ? NeedsDepartment
            : needs.HasFlag(CaseNeeds.Delay) && order.DelayMinutes is not (> 0 and <= 100_000) ? NeedsDelay
            : null;

    /// <summary>What the database's own check says (see <c>cases.check_move</c>), after all was found well here; null for other faults.</summary>
    public static CaseRefusal? Of(PostgresException fault, CaseNeeds needs) => fault.SqlState switch
    {
        "CA404" => NoSuchCase,
        "CA403" => NotYourDepartment,
        "CA406" => FourEyes,
        "CA409" => Changed,
        "CA423" => PartsOpen,
        "CA425" => StillSeen,
        "CA422" when needs.HasFlag(CaseNeeds.Department) => NeedsDepartment,
        "CA422" => new("not-possible", new("现在不能这样操作，请重新查看案件。", "This move is not possible now; look at the case again.")),
        PostgresErrorCodes.UniqueViolation when fault.ConstraintName == "pk_move" => Changed,
        PostgresErrorCodes.InsufficientPrivilege => OutsideScope,
        _ => null,
    };

    /// <summary>What the database says of a call or a step (see <c>cases.check_part</c>); null for other faults.</summary>
    public static CaseRefusal? OfPart(PostgresException fault) => fault.SqlState switch
    {
        "CA404" => NoSuchCase,
        "CA403" => NotAllowed,
        "CA409" => Changed,
        "CA424" => NeedsOtherDepartment,
        "CA422" => new("not-possible", new("现在不能这样操作，请重新查看案件。", "This is not possible now; look at the case again.")),
        PostgresErrorCodes.UniqueViolation when fault.ConstraintName == "part_open" => CalledAlready,
        PostgresErrorCodes.UniqueViolation when fault.ConstraintName is "pk_part" or "pk_part_step" or "uq_part_token" => Changed,
        PostgresErrorCodes.InsufficientPrivilege => NoSuchCase,
        _ => null,
    };
}
