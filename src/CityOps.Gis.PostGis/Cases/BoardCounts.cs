using CityOps.Gis.Cases;

namespace CityOps.Gis.PostGis.Cases;

/// <summary>
/// How many open cases there are by stage, urgency, class and department. Each count keeps to all parts of the question but its own, so that it says what choosing it would give.
/// </summary>
/// <param name="cells">Of the question's area and words, whatever else it asks.</param>
public sealed class BoardCounts(BoardQuestion question, IReadOnlyList<BoardCell> cells)
{
    /// <summary>Answering the question as it is.</summary>
    public long Total { get; } = cells.Where(cell => cell.Answers(question)).Sum(cell => cell.Count);

    public IReadOnlyDictionary<CaseStage, long> Stages { get; } = By(cells, question with { Stage = null }, cell => cell.Stage);
    public IReadOnlyDictionary<CaseUrgency, long> Urgencies { get; } = By(cells, question with { Urgency = null }, cell => cell.Urgency);

    /// <summary>By code.</summary>
    public IReadOnlyDictionary<string, long> Classes { get; } = By(cells, question with { Class = null }, cell => cell.Class);

    /// <summary>By code; those that fall to none under <see cref="BoardQuestion.Nobody"/>.</summary>
    public IReadOnlyDictionary<string, long> Departments { get; } = By(cells, question with { Department = null }, cell => cell.Department);

    static Dictionary<T, long> By<T>(IReadOnlyList<BoardCell> cells, BoardQuestion question, Func<BoardCell, T> key) where T : notnull
        => cells.Where(cell => cell.Answers(question)).GroupBy(key).ToDictionary(group => group.Key, group => group.Sum(cell => cell.Count));
}
