using CityOps.Gis.PostGis.Cases;
using Npgsql;

namespace CityOps.Gis.PostGis.Assessment;

/// <summary>The sentences with which appeals, answers and checks on the spot are refused.</summary>
static class AppealRefusals
{
    public static readonly CaseRefusal NotAssessed = new("not-allowed", new("只有被考核的本人、部门或网格的人员可以申诉。", "Appeals are made by those who are assessed: people of the department or of the grid, or whose own step it is."));
    public static readonly CaseRefusal NotOfCentre = new("not-allowed", new("申诉由中心的督办、评价人员答复。", "Appeals are answered by those of the centre who evaluate."));
    public static readonly CaseRefusal NotSupervising = new("not-allowed", new("实地检查由督办、评价人员记录。", "Checks on the spot are written down by those who evaluate."));
    public static readonly CaseRefusal NoMatter = new("nothing-counted", new("没有计入考核的这项内容，或不在您的范围内。", "Nothing of this kind is counted, or it lies outside your scope."));
    public static readonly CaseRefusal NoAppeal = new("no-such-appeal", new("没有这项申诉，或不在您的范围内。", "There is no such appeal, or it lies outside your scope."));
    public static readonly CaseRefusal FourEyes = new("four-eyes", new("不能答复自己提出的申诉，须由他人答复。", "You made this appeal: somebody else has to answer it."));
    public static readonly CaseRefusal Answered = new("somebody-was-faster", new("此申诉已有答复，请重新查看。", "The appeal has been answered meanwhile; look at it again."));
    public static readonly CaseRefusal NotYours = new("not-allowed", new("申诉只能由提出人撤回。", "An appeal is taken back by who made it alone."));
    public static readonly CaseRefusal AppealedAlready = new("appealed-already", new("此项已有人申诉，尚未答复或已获支持。", "There is an appeal already that is not answered yet, or was accepted."));
    public static readonly CaseRefusal PeriodKept = new("period-kept", new("该周期的成绩已固定，不再改变。", "The figures of this period are kept and change no more."));
    public static readonly CaseRefusal NeedsReason = new("needs-reason", new("请写明理由，最多 1000 字。", "Give your reasons, in 1,000 characters at most."), "reason");
    public static readonly CaseRefusal TooManyPhotos = new("too-many-photos", new("最多附 9 张照片。", "At most 9 photos."), "photos");
    public static readonly CaseRefusal NeedsFinding = new("needs-finding", new("请写明检查内容，最多 60 字。", "Say what was checked, in 60 characters at most."), "finding");
    public static readonly CaseRefusal NeedsPoints = new("needs-points", new("请填写加扣分：−100 至 100，不为 0。", "Give or take points: −100 to 100, and not 0."), "points");
    public static readonly CaseRefusal NeedsPeriod = new("needs-period", new("请选择周期，如 2026-11。", "Choose a period, such as 2026-11."), "period");
    public static readonly CaseRefusal NeedsPlace = new("needs-place", new("请给出检查的位置。", "Say where it was."), "place");
    public static readonly CaseRefusal NoDepartment = new("unknown-department", new("没有这个部门。", "There is no such department."), "department");
    public static readonly CaseRefusal OutsideScope = new("outside-scope", new("此位置不在您的范围内。", "The place lies outside your scope."), "place");
    public static readonly CaseRefusal NoCheck = new("no-such-check", new("没有这项实地检查，或不在您的范围内。", "There is no such check on the spot, or it lies outside your scope."));

    /// <summary>What the database's own checks say of an appeal (<c>assessment.check_appeal</c>); null for other faults.</summary>
    public static CaseRefusal? OfAppeal(PostgresException fault) => fault.SqlState switch
    {
        "CA403" => NotAssessed,
        "CA404" or "CA422" or PostgresErrorCodes.InsufficientPrivilege => NoMatter,
        "CA428" => PeriodKept,
        PostgresErrorCodes.UniqueViolation => AppealedAlready,
        _ => null,
    };

    /// <summary>What they say of an answer.</summary>
    public static CaseRefusal? OfAnswer(PostgresException fault) => fault.SqlState switch
    {
        "CA403" => NotOfCentre,
        "CA406" => FourEyes,
        "CA409" => Answered,
        "CA428" => PeriodKept,
        PostgresErrorCodes.InsufficientPrivilege => NoAppeal,
        _ => null,
    };

    /// <summary>What they say of one that is to be taken back.</summary>
    public static CaseRefusal? OfWithdrawal(PostgresException fault) => fault.SqlState switch
    {
        "CA405" => NotYours,
        "CA409" => Answered,
        PostgresErrorCodes.InsufficientPrivilege => NoAppeal,
        _ => null,
    };

    /// <summary>What they say of a check and of its photos.</summary>
    public static CaseRefusal? OfCheck(PostgresException fault) => fault.SqlState switch
    {
        "CA403" => NotSupervising,
        "CA404" => NoCheck,
        PostgresErrorCodes.InsufficientPrivilege => OutsideScope,
        PostgresErrorCodes.UniqueViolation => TooManyPhotos,
        _ => null,
    };
}
