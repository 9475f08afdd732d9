using System.Globalization;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.History;
using CityOps.Gis.PostGis.Views;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Components.Views;

/// <summary>What changed in a person's grids: how many of each kind, and the changes themselves, which the map marks and the map page opens.</summary>
public sealed partial class ChangeList(IStringLocalizer<ViewText> texts, FieldText values)
{
    const int NearZoom = 19;
    static readonly int[] Choices = [1, 3, 7, 30];

    /// <summary>The moment it begins, for people.</summary>
    [Parameter, EditorRequired]
    public required string Since { get; set; }

    [Parameter, EditorRequired]
    public required int Days { get; set; }

    /// <summary>What the numbers and changes are waited for by, while there are none.</summary>
    [Parameter, EditorRequired]
    public required Answering Wait { get; set; }

    [Parameter]
    public EventCallback OnAgain { get; set; }

    [Parameter]
    public EventCallback<int> DaysChanged { get; set; }

    /// <summary>Null while they are looked for.</summary>
    [Parameter]
    public IReadOnlyDictionary<ChangeKind, long>? Counts { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<(LayerDefinition Layer, GridChange Change)> Changes { get; set; }

    /// <summary>A change that the map shall mark, as the map's overlay names it.</summary>
    [Parameter]
    public EventCallback<string> OnMark { get; set; }

    IStringLocalizer<ViewText> Text => texts;
    FieldText Values => values;

    static string IdOf(LayerDefinition layer, GridChange change) => $"{layer.Id}/{change.Version.Fid}";

    // The history tells what is different.
    static string AddressOf(LayerDefinition layer, GridChange change)
    {
        var place = change.Version.Geometry is { IsEmpty: false } geometry ? VersionDifference.Middle(geometry) : null;
        var at = place is null ? "" : string.Create(CultureInfo.InvariantCulture, $"at={NearZoom}/{place.Y:0.000000}/{place.X:0.000000}&");
        return string.Create(CultureInfo.InvariantCulture, $"/?{at}feature={layer.Id}/{change.Version.Fid}&tab=history");
    }
}
