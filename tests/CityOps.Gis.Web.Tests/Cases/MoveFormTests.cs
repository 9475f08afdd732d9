using Bunit;
using CityOps.Gis.Cases;
using CityOps.Gis.PostGis.Cases;
using CityOps.Gis.Web.Cases;
using Xunit;

namespace CityOps.Gis.Tests.Web.Cases;

/// <summary>The form of a move asks for what the move needs, and loses nothing.</summary>
public sealed class MoveFormTests
{
    static readonly CaseState Filed = new(7, "2026-7", "井盖破损", CaseStage.File, null, "06012", "11", null, null, default, 4);

    [Theory]
    [InlineData("dispatch", false, false)]
    [InlineData("ask-delay", true, true)]
    [InlineData("rework", false, true)]
    public async Task It_asks_for_what_the_move_needs_and_for_nothing_else(string move, bool asksHours, bool needsNote)
    {
        await using var page = new PageContext("en");
        var (form, _) = Render(page, move);
        Assert.Equal((move == "dispatch", asksHours), (form.FindAll("#move-department").Count == 1, form.FindAll("#move-delay").Count == 1));
        Assert.Equal(needsNote ? "Note" : "Note (may be left out)", form.Find("[for=move-note]").TextContent);
    }

    [Theory]
    [InlineData("zh", "self-handle", "照片（至少一张）")]
    [InlineData("en", "self-handle", "Photos (one at least)")]
    [InlineData("en", "rework", "Photos")]
    public async Task Whether_a_photo_must_be_there_is_said_in_the_pages_language(string language, string move, string label)
    {
        await using var page = new PageContext(language);
        Assert.Equal(label, Render(page, move).Form.Find("[for=move-photos]").TextContent);
    }

    [Fact]
    public async Task The_department_the_case_falls_to_is_chosen_already_where_it_is_one_that_can_be_chosen()
    {
        await using var page = new PageContext("en");
        Assert.Equal("11", Render(page, "dispatch").Form.Find("#move-department").GetAttribute("value"));
        Assert.Equal("", Render(page, "dispatch", Filed with { Department = "99" }).Form.Find("#move-department").GetAttribute("value"));
    }

    [Fact]
    public async Task The_hours_that_were_asked_for_stand_there_and_are_granted_in_working_minutes_after_the_move_that_was_seen()
    {
        await using var page = new PageContext("en");
        var (form, sent) = Render(page, "grant-delay", asked: 150);
        Assert.Equal("2.5", form.Find("#move-delay").GetAttribute("value"));
        await form.Change("#move-delay", "1.5");
        await form.Submit("form");
        Assert.Equal(("grant-delay", 4, 90, null), (sent[0].Move, sent[0].After, sent[0].DelayMinutes, sent[0].Department));
    }

    [Theory]
    [InlineData("zh", "请填写情况说明。")]
    [InlineData("en", "Write a note.")]
    public async Task A_refusal_is_read_out_in_the_pages_language_and_what_was_typed_stays(string language, string sentence)
    {
        await using var page = new PageContext(language);
        var (form, sent) = Render(page, "dispatch");
        await form.Change("#move-note", "尽快");
        await form.Change("#move-department", "12");
        await form.Submit("form");
        form.Render(set => set.Add(one => one.Refusal, new("needs-note", new("请填写情况说明。", "Write a note.")))
            .Add(one => one.State, Filed with { Moves = 5 }));

        Assert.Equal(sentence, form.Find("[role=alert]").TextContent);
        Assert.Equal(("尽快", "12"), (form.Find("#move-note").GetAttribute("value"), form.Find("#move-department").GetAttribute("value")));
        await form.Submit("form");
        Assert.Equal([(4, "尽快", "12"), (5, "尽快", "12")], sent.Select(order => (order.After, order.Note, order.Department)));
    }

    [Fact]
    public async Task While_it_is_sent_it_cannot_be_sent_again()
    {
        await using var page = new PageContext("en");
        var (form, _) = Render(page, "file");
        form.Render(set => set.Add(one => one.IsBusy, true));
        Assert.True(form.Find("[data-send]").HasAttribute("disabled"));
    }

    static (IRenderedComponent<MoveForm> Form, List<CaseOrder> Sent) Render(PageContext page, string move, CaseState? state = null, int? asked = null)
    {
        var sent = new List<CaseOrder>();
        return (page.Render<MoveForm>(set => set.Add(one => one.Move, CaseMoves.Find(move)!).Add(one => one.State, state ?? Filed).Add(one => one.AskedMinutes, asked)
            .Add(one => one.Departments, [("11", "市政设施中心"), ("12", "园林中心")]).Add(one => one.OnSend, sent.Add)), sent);
    }
}
