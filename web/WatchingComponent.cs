using CityOps.Gis.Web.Outage;
using Microsoft.AspNetCore.Components;

namespace CityOps.Gis.Web;

/// <summary>A component that looks again, round after round, as long as it is shown: at what others do meanwhile.</summary>
public abstract class WatchingComponent : PatientComponent, IDisposable
{
    readonly CancellationTokenSource _closing = new();

    [Inject]
    protected TimeProvider Clock { get; set; } = null!;

    /// <summary>Cancelled when the component goes.</summary>
    protected CancellationToken Closing => _closing.Token;

    /// <summary>From one look to the next.</summary>
    protected abstract TimeSpan Interval { get; }

    public void Dispose()
    {
        Leave();
        _closing.Cancel();
        GC.SuppressFinalize(this);
    }

    /// <summary>Looks, and draws what has changed.</summary>
    protected abstract Task Look();

    /// <summary>Looks out of turn, as a round does.</summary>
    protected Task LookNow() => Rounds.Once(Look, Closing);

    /// <summary>The component goes.</summary>
    protected virtual void Leave()
    {
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
            _ = Rounds.Look(InvokeAsync, Interval, Clock, Look, Closing);
    }
}
