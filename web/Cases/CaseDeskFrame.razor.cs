using Microsoft.AspNetCore.Components;

namespace CityOps.Gis.Web.Cases;

/// <summary>A list of cases with the map beside it, one above the other on a narrow screen.</summary>
public sealed partial class CaseDeskFrame
{
    /// <summary>What the list holds.</summary>
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    /// <summary>Does the page know what its map begins at? Before, there is none: it would begin somewhere else.</summary>
    [Parameter, EditorRequired]
    public required bool IsPlaced { get; set; }

    /// <summary>The list has filters, and more room.</summary>
    [Parameter]
    public bool IsWide { get; set; }

    [Parameter, EditorRequired]
    public required RenderFragment ChildContent { get; set; }

    [Parameter, EditorRequired]
    public required RenderFragment Map { get; set; }

    /// <summary>The element around the list.</summary>
    public ElementReference List { get; private set; }
}
