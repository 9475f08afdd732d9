using CityOps.Gis.Cases;

namespace CityOps.Gis.PostGis.Cases;

/// <summary>How many open cases are alike in these.</summary>
/// <param name="Class">Empty for those without one.</param>
/// <param name="Department">Code; <see cref="BoardQuestion.Nobody"/>: those that fall to none.</param>
public readonly record struct BoardCell(CaseStage Stage, CaseUrgency Urgency, string Class, string Department, long Count)
{
    /// <summary>Are they asked for, as far as these say?</summary>
    public bool Answers(BoardQuestion question)
        => (question.Stage ?? Stage) == Stage && (question.Urgency ?? Urgency) == Urgency && (question.Class ?? Class) == Class && (question.Department ?? Department) == Department;
}
