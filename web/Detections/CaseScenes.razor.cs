using CityOps.Gis.PostGis;
using CityOps.Gis.PostGis.Detections;
using Microsoft.AspNetCore.Components;
using Npgsql;

namespace CityOps.Gis.Web.Detections;

/// <summary>How the cameras stand to a case that was filed for what they saw; nothing for other cases. Read anew while it is looked at.</summary>
public sealed partial class CaseScenes(DetectionList list, TimeProvider clock) : IDisposable
{
    static readonly TimeSpan s_again = TimeSpan.FromSeconds(10);
    readonly CancellationTokenSource _closing = new();
    IReadOnlyList<SeenScene> _scenes = [];
    long _shown;

    /// <summary>Of the case.</summary>
    [Parameter, EditorRequired]
    public required long Fid { get; set; }

    public void Dispose() => _closing.Cancel();

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == Fid)
            return;
        (_shown, _scenes) = (Fid, []);
        await Read();
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
            _ = Follow();
    }

    async Task Follow()
    {
        using var rounds = new PeriodicTimer(s_again, clock);
        while (await rounds.Next(_closing.Token))
            if (_scenes.Count > 0)
                await InvokeAsync(Look);
    }

    async Task Look()
    {
        try
        {
            await Read();
            StateHasChanged();
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            return;
        }
        catch (NpgsqlException fault) when (fault.IsAway())
        {
            // The page says so by itself; the next round asks again.
            return;
        }
    }

    async Task Read()
    {
        var fid = Fid;
        var scenes = await list.OfCase(fid, _closing.Token);
        if (fid == Fid)
            _scenes = scenes;
    }
}
