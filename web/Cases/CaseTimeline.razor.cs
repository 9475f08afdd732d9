using CityOps.Gis.PostGis.Cases;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Cases;

/// <summary>What a case and the parts of called departments have gone through, the latest first: who did what and when, with notes and photos.</summary>
public sealed partial class CaseTimeline(IStringLocalizer<CaseText> texts, CaseWords words)
{
    [Parameter, EditorRequired]
    public required IReadOnlyList<MadeMove> Moves { get; set; }

    /// <summary>Of departments that are called to it.</summary>
    [Parameter]
    public IReadOnlyList<CasePart> Parts { get; set; } = [];

    [Parameter, EditorRequired]
    public required IReadOnlyList<(string Code, string Name)> Departments { get; set; }

    IStringLocalizer<CaseText> Text => texts;

    // Moves, calls and steps of parts together; those of one moment in their order.
    IEnumerable<Step> Steps
        => [.. Moves.Select(move => new Step(move.At, move)), .. Parts.Select(part => new Step(part.AskedAt, null, "call", part.Number, 0, part.Department, part.Who, part.Asked)),
            .. Parts.SelectMany(part => part.Steps.Select(step => new Step(step.At, null, step.Step, part.Number, step.Number, part.Department, step.Who, step.Note)))];

    /// <summary>A move, or what happened to a part.</summary>
    sealed record Step(DateTimeOffset At, MadeMove? Move, string Name = "", int Part = 0, int Number = 0, string? Department = null, string? Who = null, string? Note = null);

    string NameOf(string code) => Departments.FirstOrDefault(one => one.Code == code).Name ?? code;
}
