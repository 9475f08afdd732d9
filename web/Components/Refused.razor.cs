using CityOps.Gis.Layers;
using Microsoft.AspNetCore.Components;

namespace CityOps.Gis.Web.Components;

/// <summary>Why what somebody wanted was refused, read out at once; nothing while nothing was.</summary>
public sealed partial class Refused
{
    [Parameter, EditorRequired]
    public required LocalText? Sentence { get; set; }
}
