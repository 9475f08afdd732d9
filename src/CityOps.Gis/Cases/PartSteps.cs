using CityOps.Gis.Access;
using static CityOps.Gis.Cases.PartState;

namespace CityOps.Gis.Cases;

/// <summary>
/// The table of what may happen to a part of a case (吹哨报到), in this one place. Every start of the product writes it into <c>cases.part_rule</c>, by which the database lets
/// steps through. A part begins with the call.
/// </summary>
public static class PartSteps
{
    public static IReadOnlyList<PartStep> All { get; } =
    [
        new("accept", [Asked], Accepted, IsOfCalled: true, NeedsNote: false),
        new("refuse", [Asked], Refused, IsOfCalled: true, NeedsNote: true),
        new("finish", [Accepted], Done, IsOfCalled: true, NeedsNote: true),
        new("withdraw", [Asked, Accepted], Withdrawn, IsOfCalled: false, NeedsNote: true),
    ];

    public static PartStep? Find(string? id) => All.FirstOrDefault(step => step.Id == id);

    /// <summary>A case waits for it.</summary>
    public static bool IsOpen(this PartState state) => state is Asked or Accepted;

    /// <summary>May departments be called to a case at the stage?</summary>
    public static bool IsCalledAt(CaseStage stage) => stage is CaseStage.Dispatch or CaseStage.Handle;

    /// <summary>Does the caller call departments? The lead of the case does too: of which departments somebody is, the database says.</summary>
    public static bool MayCall(Caller caller) => caller.May(Permission.DispatchCases) || caller.May(Permission.SuperviseCases) || caller.May(Permission.HandleCases);

    /// <summary>Does a move wait until no part is open?</summary>
    public static bool Waits(CaseMove move) => move.To is CaseStage.Feedback or CaseStage.HangUp;
}
