using CityOps.Gis.Assessment;
using Microsoft.AspNetCore.Components;

namespace CityOps.Gis.Web.Assessment;

/// <summary>A grade in its colour.</summary>
public sealed partial class GradeMark
{
    [Parameter, EditorRequired]
    public required Grade Grade { get; set; }
}
