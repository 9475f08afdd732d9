using CityOps.Gis.Cases;
using Xunit;

namespace CityOps.Gis.Tests.Cases;

public sealed class WorkingCalendarTests
{
    const int Seed = 20261126;
    static readonly TimeZoneInfo Beijing = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");
    static readonly WorkingSpan[] Hours = [new(TimeSpan.FromHours(8), TimeSpan.FromHours(12)), new(TimeSpan.FromHours(14.5), TimeSpan.FromHours(17.5))];

    /// <summary>Monday to Friday; the week of National Day 2026 is free and Saturday, 10 October, is worked.</summary>
    internal static readonly WorkingCalendar Calendar = new(
        Enumerable.Range(1, 5).ToDictionary(day => (DayOfWeek)day, _ => Hours),
        Enumerable.Range(1, 7).Select(day => (Day: new DateOnly(2026, 10, day), IsWorking: false)).Append((new(2026, 10, 10), true)).ToDictionary(one => one.Item1, one => one.Item2), Beijing);

    [Theory]
    [InlineData("2026-11-26 09:00", 60, "2026-11-26 10:00", "within a morning")]
    [InlineData("2026-11-26 11:30", 60, "2026-11-26 15:00", "over noon")]
    [InlineData("2026-11-26 11:30", 30, "2026-11-26 12:00", "to the end of the morning, not to the beginning of the afternoon")]
    [InlineData("2026-11-26 17:00", 60, "2026-11-27 08:30", "over night")]
    [InlineData("2026-11-27 17:00", 60, "2026-11-30 08:30", "over the weekend")]
    [InlineData("2026-11-28 10:00", 60, "2026-11-30 09:00", "begun on a Saturday")]
    [InlineData("2026-11-26 03:00", 60, "2026-11-26 09:00", "begun at night")]
    [InlineData("2026-09-30 17:00", 60, "2026-10-08 08:30", "over National Day")]
    [InlineData("2026-10-09 17:00", 60, "2026-10-10 08:30", "into a Saturday that is worked")]
    [InlineData("2026-11-26 09:00", 420, "2026-11-27 09:00", "a working day")]
    public void Working_time_passes_only_while_people_work(string from, int minutes, string until, string why)
    {
        Assert.Equal(At(until), Calendar.Add(At(from), TimeSpan.FromMinutes(minutes)));
        Assert.Equal(TimeSpan.FromMinutes(minutes), Calendar.Between(At(from), At(until)));
        Assert.NotEmpty(why);
    }

    [Fact]
    public void What_was_added_lies_between_and_a_moment_earlier_less_did()
    {
        var random = new Random(Seed);
        for (var turn = 0; turn < 2_000; turn++)
        {
            var (from, amount) = (At("2026-09-01 00:00").AddSeconds(random.Next(120 * 86_400)), TimeSpan.FromSeconds(random.Next(1, 200 * 3_600)));
            var until = Calendar.Add(from, amount);

            Assert.True(Calendar.Between(from, until) == amount, $"Seed {Seed}: {from:O} + {amount}");
            Assert.True(Calendar.Between(from, until.AddTicks(-1)) < amount, $"Seed {Seed}: {from:O} + {amount}");
        }
    }

    [Fact]
    public void Time_that_runs_always_is_that_of_the_clock()
        => Assert.Equal(At("2026-10-03 15:30"), WorkingCalendar.Always.Add(At("2026-10-01 03:30"), TimeSpan.FromHours(60)));

    [Fact]
    public void A_calendar_by_whose_Monday_nothing_can_be_counted_is_refused()
        => Assert.Throws<ArgumentException>(() => new WorkingCalendar(new Dictionary<DayOfWeek, WorkingSpan[]> { [DayOfWeek.Friday] = Hours }, new Dictionary<DateOnly, bool>(), Beijing));

    internal static DateTimeOffset At(string local) => new(DateTime.Parse(local, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.FromHours(8));

    [Theory]
    [InlineData("", "")]
    [InlineData("8:00-12:00 14:30-17:30", "08:00-12:00 14:30-17:30")]
    [InlineData("14：30～24：00，08:00至12:00", "08:00-12:00 14:30-24:00")]
    [InlineData("08:00-12:00 12:00-13:00", "08:00-12:00 12:00-13:00")]
    [InlineData("08:00-12:00 11:59-13:00", null)]
    [InlineData("12:00-08:00", null)]
    [InlineData("08:00", null)]
    [InlineData("08:00-25:00", null)]
    [InlineData("8-12", null)]
    public void Hours_of_a_day_are_read_as_people_write_them(string text, string? read)
        => Assert.Equal(read, WorkingSpan.ParseDay(text) is { } spans ? string.Join(' ', spans) : null);
}
