namespace CityOps.Gis.Cases;

/// <summary>
/// Works out the deadlines of a case from its moves. Two clocks run. The stage's begins when the case comes to the stage. The department's begins with the dispatch and
/// runs in the stages dispatch and handle alone: while a case is hung up, or its work waits to be verified, it rests; granted delay is added to its limit; another dispatch
/// begins it anew. A deadline is the first moment at which a clock has run for the limit.
/// </summary>
public sealed class CaseClock(WorkingCalendar calendar, TimeLimits limits)
{
    const int WarnedAt = 4, WarnedOf = 5;

    /// <summary>A limit with the calendar it counts in, and from when to when the clock has run; the last run goes on.</summary>
    readonly record struct Run(WorkingCalendar Calendar, TimeSpan Limit, List<(DateTimeOffset From, DateTimeOffset? To)> Spells);

    /// <param name="steps">All moves of the case, in order, at least one.</param>
    /// <param name="areaType">Management level of its unit grid.</param>
    public CaseDeadlines Of(IReadOnlyList<CaseStep> steps, string? classCode, string? areaType, CaseOrigin origin = default)
    {
        var (handling, stage) = (Handling(steps, classCode, areaType, origin), steps[^1].To);
        var run = stage switch
        {
            CaseStage.Handle => handling,
            CaseStage.Collect or CaseStage.File or CaseStage.Dispatch or CaseStage.Feedback => Entered(steps, stage, classCode, areaType),
            _ => null,
        };
        return new(Reached(handling, 1, 1), Reached(run, 1, 1), Reached(run, WarnedAt, WarnedOf));
    }

    /// <summary>How a stage stands at a moment.</summary>
    public static CaseUrgency Urgency(DateTimeOffset? warning, DateTimeOffset? deadline, DateTimeOffset now)
        => deadline is null ? CaseUrgency.None : now > deadline ? CaseUrgency.Overdue : now >= warning ? CaseUrgency.Warning : CaseUrgency.InTime;

    Run? Entered(IReadOnlyList<CaseStep> steps, CaseStage stage, string? classCode, string? areaType)
    {
        var entered = steps.Where(step => step.From != step.To).Select(CaseStep? (step) => step).LastOrDefault();
        return entered is { } step && limits.Of(stage, classCode, areaType) is { } limit ? new(CalendarOf(limit), limit.Length(calendar), [(step.At, null)]) : null;
    }

    Run? Handling(IReadOnlyList<CaseStep> steps, string? classCode, string? areaType, CaseOrigin origin)
    {
        var run = Begun(origin);
        foreach (var step in steps)
            if (step.To is CaseStage.File or CaseStage.Void)
                run = null;
            else if (step is { To: CaseStage.Dispatch, From: CaseStage.File })
                run = limits.Of(CaseStage.Handle, classCode, areaType) is { } limit ? new(CalendarOf(limit), limit.Length(calendar), [(step.At, null)]) : null;
            else if (run is { } going)
                run = Went(going, step);
        return run;
    }

    static Run Went(Run run, CaseStep step)
    {
        var isRunning = run.Spells[^1].To is null;
        if (isRunning && !Runs(step.To))
            run.Spells[^1] = (run.Spells[^1].From, step.At);
        else if (!isRunning && Runs(step.To))
            run.Spells.Add((step.At, null));
        return run with { Limit = run.Limit + step.Granted };
    }

    static bool Runs(CaseStage stage) => stage is CaseStage.Dispatch or CaseStage.Handle;

    static Run? Begun(CaseOrigin origin)
        => origin is { Dispatched: { } begun, Deadline: { } end } && end > begun ? new(WorkingCalendar.Always, end - begun, [(begun, null)]) : null;

    WorkingCalendar CalendarOf(TimeLimit limit) => limit.RunsAlways ? WorkingCalendar.Always : calendar;

    static DateTimeOffset? Reached(Run? run, int part, int of)
    {
        if (run is not { } counted)
            return null;
        var left = TimeSpan.FromTicks(counted.Limit.Ticks * part / of);
        foreach (var (from, to) in counted.Spells.SkipLast(1))
            if (counted.Calendar.Between(from, to!.Value) is var ran && ran >= left)
                return counted.Calendar.Add(from, left);
            else
                left -= ran;
        return counted.Calendar.Add(counted.Spells[^1].From, left);
    }
}
