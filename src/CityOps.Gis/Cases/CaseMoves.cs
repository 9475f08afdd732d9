using CityOps.Gis.Access;
using static CityOps.Gis.Cases.CaseNeeds;
using static CityOps.Gis.Cases.CaseStage;

namespace CityOps.Gis.Cases;

/// <summary>
/// The table of moves, in this one place: who may bring a case from where to where, and what it takes. Every start of the product writes it into <c>cases.move_rule</c>, by
/// which the database lets moves through. Who does what is that of the field (监督员, 受理员, 值班长, 派遣员, 专业部门).
/// </summary>
public static class CaseMoves
{
    static readonly CaseStage[] s_new = [], s_working = [Dispatch, Handle];

    /// <summary>Id of the row that says how a case stood that was taken over from elsewhere; nobody makes it, it comes before the first move here.</summary>
    public const string TakeOver = "take-over";

    public static readonly CaseMove Report = new("report", s_new, Collect, Permission.ReportCases, Note);
    public static readonly CaseMove GrantDelay = new("grant-delay", s_working, null, Permission.DispatchCases, Delay) { Answers = CaseRequest.Delay, IsDuty = true };

    public static IReadOnlyList<CaseMove> All { get; } =
    [
        Report,
        new("ask-confirm", [Collect], null, Permission.RegisterCases) { Opens = CaseRequest.Confirm },
        new("confirm", [Collect], null, Permission.InspectCases, Note) { Answers = CaseRequest.Confirm, IsDuty = true },
        new("self-handle", [Collect], Close, Permission.InspectCases, Note | Photo),
        new("file", [Collect], CaseStage.File, Permission.FileCases) { IsDuty = true },
        new("void", [Collect, CaseStage.File], CaseStage.Void, Permission.FileCases, Note),

        new("dispatch", [CaseStage.File], Dispatch, Permission.DispatchCases, Department) { IsDuty = true },
        new("recall", [Dispatch], CaseStage.File, Permission.DispatchCases, Note),
        new("accept", [Dispatch], Handle, Permission.HandleCases) { IsDuty = true },
        new("feed-back", [Handle], Feedback, Permission.HandleCases, Note) { IsDuty = true },

        new("ask-delay", s_working, null, Permission.HandleCases, Note | Delay) { Opens = CaseRequest.Delay },
        GrantDelay,
        new("deny-delay", s_working, null, Permission.DispatchCases, Note) { Answers = CaseRequest.Delay, IsDuty = true },
        new("ask-return", s_working, null, Permission.HandleCases, Note) { Opens = CaseRequest.Return },
        new("return", s_working, CaseStage.File, Permission.DispatchCases) { Answers = CaseRequest.Return, IsDuty = true },
        new("deny-return", s_working, null, Permission.DispatchCases, Note) { Answers = CaseRequest.Return, IsDuty = true },
        new("refuse-duty", s_working, null, Permission.DispatchCases, Note) { Answers = CaseRequest.Return, IsDuty = true },
        new("ask-hang-up", [Handle], null, Permission.HandleCases, Note) { Opens = CaseRequest.HangUp },
        new("hang-up", [Handle], HangUp, Permission.DispatchCases, Note) { Answers = CaseRequest.HangUp, IsDuty = true },
        new("deny-hang-up", [Handle], null, Permission.DispatchCases, Note) { Answers = CaseRequest.HangUp, IsDuty = true },
        new("end-hang-up", [HangUp], Handle, Permission.DispatchCases, Note),

        new("ask-inspect", [Feedback], null, Permission.RegisterCases) { Opens = CaseRequest.Inspect },
        new("inspect", [Feedback], null, Permission.InspectCases, Note) { Answers = CaseRequest.Inspect, IsDuty = true, Verifies = true },
        new("close", [Feedback], Close, Permission.FileCases) { IsDuty = true, Verifies = true },
        new("rework", [Feedback], Handle, Permission.FileCases, Note),
        new("evaluate", [Close], Evaluate, Permission.SuperviseCases),
        new("supervise", [CaseStage.File, Dispatch, Handle, Feedback, HangUp], null, Permission.SuperviseCases, Note),
    ];

    public static CaseMove? Find(string? id) => All.FirstOrDefault(move => move.Id == id);

    /// <summary>Moves that a case can make and the caller may, as they stand in the table. Whether he is of its department, the database says.</summary>
    public static IEnumerable<CaseMove> Open(CaseStage at, CaseRequest? waiting, Caller caller) => All.Where(move => move.IsPossible(at, waiting) && caller.May(move.Who));

    /// <summary>Is it a move of those who handle cases? Who made one for a case does not verify it.</summary>
    public static bool IsOfHandlers(string id) => Find(id)?.Who == Permission.HandleCases;

    /// <summary>Where cases wait for the caller: at a stage with a request, or at one while nothing is asked, and by what he may do there.</summary>
    public static IEnumerable<(CaseStage At, CaseRequest? Waiting, Permission Who)> Duties(Caller caller)
        => All.Where(move => move.IsDuty && caller.May(move.Who)).SelectMany(move => move.From.Select(at => (at, move.Answers, move.Who))).Distinct();
}
