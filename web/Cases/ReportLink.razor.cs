using CityOps.Gis.Access;
using CityOps.Gis.Features;
using CityOps.Gis.Layers;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Cases;

/// <summary>Leads from a component to the page where a case about it is reported, for those who may.</summary>
public sealed partial class ReportLink(IStringLocalizer<CaseText> texts)
{
    [Parameter, EditorRequired]
    public required LayerDefinition Layer { get; set; }

    [Parameter, EditorRequired]
    public required Feature Feature { get; set; }

    bool IsShown => Layer.Id == ReportAddress.ComponentLayer && Caller.Current.May(Permission.ReportCases);

    string Address => new ReportAddress(Feature.Values.GetValueOrDefault(Layer.Key) as string, null).ToString();
}
