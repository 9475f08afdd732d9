using CityOps.Gis.PostGis.Detections;
using Microsoft.AspNetCore.Components;

namespace CityOps.Gis.Web.Detections;

/// <summary>How the cameras stand to a case that was filed for what they saw; nothing for other cases. Read anew while it is looked at.</summary>
public sealed partial class CaseScenes(DetectionList list)
{
    IReadOnlyList<SeenScene> _scenes = [];
    long _shown;

    /// <summary>Of the case.</summary>
    [Parameter, EditorRequired]
    public required long Fid { get; set; }

    protected override TimeSpan Interval => TimeSpan.FromSeconds(10);

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == Fid)
            return;
        (_shown, _scenes) = (Fid, []);
        await Read();
    }

    protected override async Task Look()
    {
        if (_scenes.Count == 0)
            return;
        await Read();
        StateHasChanged();
    }

    async Task Read()
    {
        var fid = Fid;
        var scenes = await list.OfCase(fid, Closing);
        if (fid == Fid)
            _scenes = scenes;
    }
}
