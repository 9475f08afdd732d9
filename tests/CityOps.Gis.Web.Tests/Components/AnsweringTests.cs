using Bunit;
using CityOps.Gis.Web.Components;
using Npgsql;
using Xunit;

namespace CityOps.Gis.Tests.Web.Components;

/// <summary>A wait of a component: it can be stopped, outrun and cut off, and says so.</summary>
public sealed class AnsweringTests
{
    [Fact]
    public async Task What_is_asked_later_takes_the_place_of_what_is_still_being_answered()
    {
        using var answering = new Answering();
        var late = new TaskCompletionSource();
        var first = answering.Ask(cancel => late.Task.WaitAsync(cancel));

        Assert.True(await answering.Ask(_ => Task.CompletedTask));
        Assert.False(await first);
        Assert.Equal((false, AnswerHalt.None), (answering.IsBusy, answering.Halt));
    }

    [Fact]
    public async Task What_was_stopped_or_cut_off_says_so_and_can_be_asked_again()
    {
        await using var page = new PageContext("en");
        using var answering = new Answering();
        var (never, again) = (new TaskCompletionSource(), 0);
        var wait = page.Render<AnswerWait>(set => set.Add(one => one.Of, answering).Add(one => one.OnAgain, () => again++));
        Assert.Empty(wait.Markup.Trim());

        var asked = answering.Ask(cancel => never.Task.WaitAsync(cancel));
        wait.Render();
        await wait.Click("[data-stop]");
        Assert.False(await asked);
        wait.Render();
        Assert.StartsWith("Stopped", wait.Find("[data-halt]").TextContent, StringComparison.Ordinal);
        await wait.Click("[data-again]");
        Assert.Equal(1, again);

        Assert.False(await answering.Ask(_ => throw new NpgsqlException("The connection is gone", new IOException())));
        wait.Render();
        Assert.StartsWith("The database did not answer", wait.Find("[data-halt]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_component_that_goes_stops_its_question_and_hears_of_no_answer()
    {
        var answering = new Answering();
        var never = new TaskCompletionSource();
        var asked = answering.Ask(cancel => never.Task.WaitAsync(cancel));

        answering.Dispose();

        Assert.False(await asked);
        Assert.False(answering.IsBusy);
    }
}
