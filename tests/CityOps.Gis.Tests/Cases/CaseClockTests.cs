using CityOps.Gis.Cases;
using Xunit;

namespace CityOps.Gis.Tests.Cases;

public sealed class CaseClockTests
{
    static readonly TimeLimits Limits = new(
    [
        new("", null, CaseStage.Collect, 30, TimeUnit.WorkingMinute), new("", null, CaseStage.File, 30, TimeUnit.WorkingMinute), new("", null, CaseStage.Dispatch, 2, TimeUnit.WorkingHour),
        new("", null, CaseStage.Handle, 2, TimeUnit.WorkingDay), new("", null, CaseStage.Feedback, 4, TimeUnit.WorkingHour),
        new("06", null, CaseStage.Handle, 5, TimeUnit.WorkingHour), new("06", "1", CaseStage.Handle, 2, TimeUnit.WorkingHour), new("06010", null, CaseStage.Handle, 10, TimeUnit.Hour),
    ]);

    static readonly CaseClock Clock = new(WorkingCalendarTests.Calendar, Limits);

    [Fact]
    public void A_report_is_to_be_filed_within_its_limit_and_warned_of_at_four_fifths()
        => Is(new(null, At("2026-11-26 09:30"), At("2026-11-26 09:24")), "06012", null, ("2026-11-26 09:00", null, CaseStage.Collect));

    [Theory]
    [InlineData("06012", null, "2026-11-26 16:30")]
    [InlineData("06012", "1", "2026-11-26 11:00")]
    [InlineData("06012", "2", "2026-11-26 16:30")]
    [InlineData("06010", "1", "2026-11-26 19:00")]
    [InlineData("09005", "1", "2026-11-30 09:00")]
    [InlineData(null, null, "2026-11-30 09:00")]
    public void The_longest_class_prefix_decides_and_then_the_area(string? classCode, string? area, string deadline)
        => Assert.Equal(At(deadline), Clock.Of([.. Begun("2026-11-26 09:00")], classCode, area).Handling);

    [Fact]
    public void A_dispatched_case_has_the_departments_deadline_and_one_for_beginning()
        => Assert.Equal(new(At("2026-11-26 16:30"), At("2026-11-26 11:00"), At("2026-11-26 10:36")), Clock.Of([.. Begun("2026-11-26 09:00")], "06012", null));

    [Fact]
    public void While_a_case_is_hung_up_nothing_runs_and_afterwards_the_deadline_is_as_much_later()
    {
        CaseStep[] hung = [.. Begun("2026-11-26 09:00"), Step("2026-11-26 09:30", CaseStage.Dispatch, CaseStage.Handle), Step("2026-11-26 11:00", CaseStage.Handle, CaseStage.HangUp)];
        var (resting, going) = (Clock.Of(hung, "06012", null), Clock.Of([.. hung, Step("2026-12-01 08:00", CaseStage.HangUp, CaseStage.Handle)], "06012", null));

        Assert.Null(resting.Stage);
        Assert.Equal((At("2026-12-01 11:00"), At("2026-12-01 11:00"), At("2026-12-01 10:00")), (going.Handling, going.Stage, going.StageWarning));
    }

    [Fact]
    public void Granted_delay_is_added_in_working_time_and_asking_alone_adds_nothing()
    {
        CaseStep[] asked = [.. Begun("2026-11-26 09:00"), Step("2026-11-26 09:30", CaseStage.Dispatch, CaseStage.Handle), Step("2026-11-26 10:00", CaseStage.Handle, CaseStage.Handle)];

        Assert.Equal(At("2026-11-26 16:30"), Clock.Of(asked, "06012", null).Handling);
        Assert.Equal(At("2026-11-27 08:30"), Clock.Of([.. asked, new(At("2026-11-26 11:00"), CaseStage.Handle, CaseStage.Handle, TimeSpan.FromMinutes(90))], "06012", null).Handling);
    }

    [Fact]
    public void Time_in_which_the_work_waits_to_be_verified_is_not_the_departments()
    {
        CaseStep[] back = [.. Begun("2026-11-26 09:00"), Step("2026-11-26 09:30", CaseStage.Dispatch, CaseStage.Handle), Step("2026-11-26 11:00", CaseStage.Handle, CaseStage.Feedback)];

        Assert.Equal(At("2026-11-26 16:30"), Clock.Of(back, "06012", null).Handling);
        Assert.Equal(At("2026-11-26 17:30"), Clock.Of(back, "06012", null).Stage);
        Assert.Equal(At("2026-11-27 11:00"), Clock.Of([.. back, Step("2026-11-27 08:00", CaseStage.Feedback, CaseStage.Handle)], "06012", null).Stage);
    }

    [Fact]
    public void Another_dispatch_begins_anew_and_until_then_there_is_no_deadline()
    {
        CaseStep[] returned = [.. Begun("2026-11-26 09:00"), Step("2026-11-26 16:00", CaseStage.Dispatch, CaseStage.File)];

        Assert.Null(Clock.Of(returned, "06012", null).Handling);
        Assert.Equal(At("2026-11-27 16:30"), Clock.Of([.. returned, Step("2026-11-27 09:00", CaseStage.File, CaseStage.Dispatch)], "06012", null).Handling);
    }

    [Fact]
    public void A_case_that_was_taken_over_keeps_the_time_it_was_given()
    {
        var origin = new CaseOrigin(At("2026-11-20 09:00"), At("2026-11-27 09:00"));
        CaseStep[] taken = [Step("2026-11-20 09:00", null, CaseStage.Handle), Step("2026-11-23 09:00", CaseStage.Handle, CaseStage.HangUp), Step("2026-11-25 09:00", CaseStage.HangUp, CaseStage.Handle)];

        Assert.Equal(At("2026-11-27 09:00"), Clock.Of(taken[..1], "06012", null, origin).Handling);
        Assert.Equal(At("2026-11-29 09:00"), Clock.Of(taken, "06012", null, origin).Handling);
    }

    [Fact]
    public void A_deadline_is_kept_to_at_its_very_moment_and_warned_of_before()
    {
        var (warning, deadline) = (At("2026-11-26 09:24"), At("2026-11-26 09:30"));
        CaseUrgency Of(string now) => CaseClock.Urgency(warning, deadline, At(now));

        Assert.Equal([CaseUrgency.InTime, CaseUrgency.Warning, CaseUrgency.Warning, CaseUrgency.Overdue], new[] { "2026-11-26 09:23", "2026-11-26 09:24", "2026-11-26 09:30", "2026-11-26 09:31" }.Select(Of));
        Assert.Equal(CaseUrgency.None, CaseClock.Urgency(null, null, deadline));
    }

    static CaseStep[] Begun(string dispatched) =>
        [Step("2026-11-25 15:00", null, CaseStage.Collect), Step("2026-11-25 16:00", CaseStage.Collect, CaseStage.File), Step(dispatched, CaseStage.File, CaseStage.Dispatch)];

    static CaseStep Step(string at, CaseStage? from, CaseStage to) => new(At(at), from, to);

    static void Is(CaseDeadlines expected, string? classCode, string? area, params (string At, CaseStage? From, CaseStage To)[] steps)
        => Assert.Equal(expected, Clock.Of([.. steps.Select(step => Step(step.At, step.From, step.To))], classCode, area));

    static DateTimeOffset At(string local) => WorkingCalendarTests.At(local);
}
