using CityOps.Gis.Access;
using CityOps.Gis.Features;
using CityOps.Gis.PostGis;
using CityOps.Gis.PostGis.Cameras;
using CityOps.Gis.PostGis.History;
using CityOps.Gis.Web.Pages;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Npgsql;

namespace CityOps.Gis.Web.Cameras;

/// <summary>Which cameras see a feature, the nearest first; of what is no point, its middle. Nothing where none does.</summary>
public sealed partial class SeenBy(IStringLocalizer<CameraText> texts, CameraSight sight, CameraWords words) : IDisposable
{
    const int Rows = 8;
    readonly CancellationTokenSource _closing = new();
    IReadOnlyList<SeeingCamera> _first = [];
    (long Fid, DateTimeOffset ValidFrom) _shown;
    long _count;

    [Parameter, EditorRequired]
    public required Feature Feature { get; set; }

    /// <summary>A camera is wanted.</summary>
    [Parameter]
    public EventCallback<FeatureId> OnGo { get; set; }

    [CascadingParameter]
    public Caller? Caller { get; set; }

    IStringLocalizer<CameraText> Text => texts;

    // Not disposed: an answer that is still on its way looks at the token.
    public void Dispose() => _closing.Cancel();

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == (Feature.Fid, Feature.ValidFrom) || Feature.Geometry is not { IsEmpty: false } shape)
            return;
        var now = _shown = (Feature.Fid, Feature.ValidFrom);
        var place = VersionDifference.Middle(shape);
        (_count, _first) = (0, []);
        try
        {
            var (count, first) = await sight.Seeing(place.X, place.Y, Rows, _closing.Token);
            if (now == _shown)
                (_count, _first) = (count, first);
        }
        catch (NpgsqlException fault) when (fault.IsAway())
        {
            // The page says so by itself; what stands beside this does not depend on it.
            _shown = default;
        }
    }
}
