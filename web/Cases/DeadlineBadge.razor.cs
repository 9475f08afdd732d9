using CityOps.Gis.Cases;
using Microsoft.AspNetCore.Components;

namespace CityOps.Gis.Web.Cases;

/// <summary>How much time a stage has left, in words and in a colour.</summary>
public sealed partial class DeadlineBadge(CaseWords words)
{
    [Parameter, EditorRequired]
    public required DateTimeOffset? Deadline { get; set; }

    [Parameter, EditorRequired]
    public required DateTimeOffset? Warning { get; set; }

    /// <summary>The moment it is looked at.</summary>
    [Parameter, EditorRequired]
    public required DateTimeOffset Now { get; set; }

    CaseUrgency Urgency => CaseClock.Urgency(Warning, Deadline, Now);
}
