namespace CityOps.Gis.Cases;

/// <summary>When a city works: hours by weekday, with days that are free or worked against their weekday (节假日, 调休). Never changes.</summary>
public sealed class WorkingCalendar
{
    readonly IReadOnlyDictionary<DateOnly, bool> _exceptions;
    readonly WorkingSpan[][] _week;
    readonly TimeZoneInfo? _zone;

    /// <param name="week">Spans of a weekday, in order and apart from each other; days left out are free.</param>
    /// <param name="exceptions">False: free; true: worked with the hours of a Monday.</param>
    /// <exception cref="ArgumentException">There is no working time at all, or a Monday has none while some day is worked like one.</exception>
    public WorkingCalendar(IReadOnlyDictionary<DayOfWeek, WorkingSpan[]> week, IReadOnlyDictionary<DateOnly, bool> exceptions, TimeZoneInfo zone)
    {
        _week = [.. Enum.GetValues<DayOfWeek>().Select(day => week.GetValueOrDefault(day) ?? [])];
        (_exceptions, _zone) = (exceptions, zone);
        if (Day == TimeSpan.Zero)
            throw new ArgumentException("A Monday has no working hours; working days are counted by it.", nameof(week));
    }

    // Day and night.
    WorkingCalendar() => (_week, _exceptions) = ([.. Enumerable.Repeat<WorkingSpan[]>([new(TimeSpan.Zero, TimeSpan.FromDays(1))], 7)], new Dictionary<DateOnly, bool>());

    /// <summary>Time runs day and night.</summary>
    public static WorkingCalendar Always { get; } = new();

    /// <summary>Working time of a Monday: what a working day counts.</summary>
    public TimeSpan Day => _week[(int)DayOfWeek.Monday].Aggregate(TimeSpan.Zero, (sum, span) => sum + span.Length);

    /// <summary>The first moment at which so much working time has passed.</summary>
    public DateTimeOffset Add(DateTimeOffset from, TimeSpan amount)
    {
        if (amount <= TimeSpan.Zero)
            return from;
        foreach (var (begin, end) in Spans(from))
            if (end - begin >= amount)
                return begin + amount;
            else
                amount -= end - begin;
        throw new InvalidOperationException($"The calendar ends before {amount} of working time after {from:O}.");
    }

    /// <summary>Working time between two moments.</summary>
    public TimeSpan Between(DateTimeOffset from, DateTimeOffset to)
        => Spans(from).TakeWhile(span => span.From < to).Aggregate(TimeSpan.Zero, (sum, span) => sum + ((span.To < to ? span.To : to) - span.From));

    // From a moment on, in order, in UTC.
    IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Spans(DateTimeOffset from)
    {
        for (var day = DateOnly.FromDateTime(Local(from)); day < DateOnly.MaxValue; day = day.AddDays(1))
            foreach (var span in Of(day))
                if (Utc(day, span.To) is var end && end > from)
                    yield return (Utc(day, span.From) is var begin && begin > from ? begin : from, end);
    }

    WorkingSpan[] Of(DateOnly day) => !_exceptions.TryGetValue(day, out var isWorking) ? _week[(int)day.DayOfWeek] : isWorking ? _week[(int)DayOfWeek.Monday] : [];

    DateTime Local(DateTimeOffset moment) => _zone is null ? moment.UtcDateTime : TimeZoneInfo.ConvertTime(moment, _zone).DateTime;

    DateTimeOffset Utc(DateOnly day, TimeSpan time)
    {
        var local = day.ToDateTime(TimeOnly.MinValue) + time;
        return new DateTimeOffset(local, _zone?.GetUtcOffset(local) ?? TimeSpan.Zero).ToUniversalTime();
    }
}
