using CityOps.Gis.PostGis.Cases;
using Microsoft.AspNetCore.Components;

namespace CityOps.Gis.Web.Cases;

/// <summary>Why what somebody wanted was refused, read out at once; nothing while nothing was.</summary>
public sealed partial class Refused
{
    [Parameter, EditorRequired]
    public required CaseRefusal? Of { get; set; }
}
