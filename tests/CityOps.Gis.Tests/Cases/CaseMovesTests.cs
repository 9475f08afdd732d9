using CityOps.Gis.Access;
using CityOps.Gis.Cases;
using CityOps.Gis.Layers;
using CityOps.Gis.Testing;
using Xunit;

namespace CityOps.Gis.Tests.Cases;

public sealed class CaseMovesTests
{
    static readonly LayerCatalog Catalog = LayerCatalog.Load(Path.Combine(AppContext.BaseDirectory, "layers"));

    [Fact]
    public void Each_move_has_a_name_of_its_own() => Assert.Equal(CaseMoves.All.Count, CaseMoves.All.Select(move => move.Id).Distinct().Count());

    [Fact]
    public void Every_stage_can_be_reached_and_left_but_the_last_ones()
    {
        foreach (var stage in Enum.GetValues<CaseStage>())
            Assert.Contains(CaseMoves.All, move => move.To == stage);
        Assert.Equal([CaseStage.Evaluate, CaseStage.Void], Enum.GetValues<CaseStage>().Where(stage => !CaseMoves.All.Any(move => move.From.Contains(stage) && move.To is { } to && to != stage)));
    }

    [Fact]
    public void Every_request_can_be_made_and_answered_where_it_is_made()
    {
        foreach (var request in Enum.GetValues<CaseRequest>())
            foreach (var stage in CaseMoves.All.Where(move => move.Opens == request).SelectMany(move => move.From))
                Assert.Contains(CaseMoves.All, move => move.Answers == request && move.From.Contains(stage));
    }

    [Fact]
    public void Each_stage_where_a_time_limit_runs_is_somebodys_duty()
    {
        foreach (var stage in new[] { CaseStage.Collect, CaseStage.File, CaseStage.Dispatch, CaseStage.Handle, CaseStage.Feedback })
            Assert.Contains(Role.All, role => role != Role.Administrator && CaseMoves.Duties(Of(role)).Any(duty => (duty.At, duty.Waiting) == (stage, null)));
    }

    [Fact]
    public void Every_move_is_some_roles_besides_the_administrators()
        => Assert.All(CaseMoves.All, move => Assert.Contains(Role.All, role => role != Role.Administrator && role.Permissions.Contains(move.Who)));

    [Fact]
    public void While_a_request_waits_no_other_can_be_made_and_only_its_answers_are_open()
    {
        var open = CaseMoves.Open(CaseStage.Handle, CaseRequest.Delay, Of(Role.Administrator)).Select(move => move.Id);

        Assert.Equal(["feed-back", "grant-delay", "deny-delay", "supervise"], open);
    }

    [Fact]
    public void Every_stage_and_request_has_a_name_in_its_code_list()
    {
        Assert.All(Enum.GetValues<CaseStage>(), stage => Assert.True(Catalog.Lists.Find("case-stages")!.Contains(CaseCodes.Of(stage))));
        Assert.Equal(Catalog.Lists.Find("case-stages")!.Entries.Count, Enum.GetValues<CaseStage>().Length);
        Assert.All(Enum.GetValues<CaseRequest>(), request => Assert.True(Catalog.Lists.Find("case-requests")!.Contains(CaseCodes.Of(request))));
    }

    [Fact]
    public void The_handbook_shows_the_table_as_it_is()
    {
        var rows = File.ReadLines(Repository.PathOf("src/docs/cases.md")).Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('|')[1].Trim() + Cells(line)).ToList();

        foreach (var move in CaseMoves.All)
            Assert.Contains($"`{move.Id}`" + Row(move), rows);
    }

    static string Row(CaseMove move) => $"|{string.Join(' ', move.From.Select(CaseCodes.Of))}|{(move.To is { } to ? CaseCodes.Of(to) : "")}|{move.Who}|{Needs(move)}|";

    static string Needs(CaseMove move) => string.Join(' ', Enum.GetValues<CaseNeeds>().Where(need => need != CaseNeeds.None && move.Needs.HasFlag(need)).Select(CaseCodes.Of)
        .Concat(move.Answers is { } answers ? [$"request:{CaseCodes.Of(answers)}"] : Array.Empty<string>()));

    // Move, its word, from, to, who, needs.
    static string Cells(string line) => $"|{string.Join('|', line.Split('|').Skip(3).SkipLast(1).Select(cell => cell.Trim()))}|";

    static Caller Of(Role role) => new(role.Id, role.Id, role.Permissions, null) { Roles = [role.Id] };
}
