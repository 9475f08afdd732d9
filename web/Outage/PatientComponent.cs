using CityOps.Gis.PostGis;
using Microsoft.AspNetCore.Components;
using Npgsql;

namespace CityOps.Gis.Web.Outage;

/// <summary>
/// A component that outlives an outage of the database. What a person did that needed it counts for nothing, and all that was typed stays; without this the first click
/// would end the circuit. One that was cut off while it began has its page opened again, from its address, when the database is back.
/// </summary>
public abstract class PatientComponent : ComponentBase, IHandleEvent, IAsyncDisposable
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    bool _isCutOff, _isGone;

    [Inject]
    DatabaseOutage Outage { get; set; } = null!;

    [Inject]
    NavigationManager Addresses { get; set; } = null!;

    public override async Task SetParametersAsync(ParameterView parameters)
    {
        try
        {
            await base.SetParametersAsync(parameters);
        }
        catch (NpgsqlException fault) when (fault.IsAway())
        {
            WaitForDatabase();
        }
    }

    // The renderer calls this one alone where a component may be disposed of in both ways.
    ValueTask IAsyncDisposable.DisposeAsync()
    {
        StopWaiting();
        (this as IDisposable)?.Dispose();
        return ValueTask.CompletedTask;
    }

    // As ComponentBase does it, but for the fault that passes.
    async Task IHandleEvent.HandleEventAsync(EventCallbackWorkItem item, object? arg)
    {
        try
        {
            var work = item.InvokeAsync(arg);
            StateHasChanged();
            if (work.Status is TaskStatus.RanToCompletion or TaskStatus.Canceled)
                return;
            await work;
        }
        catch (NpgsqlException fault) when (fault.IsAway())
        {
            Outage.Suspect();
        }
        catch (OperationCanceledException)
        {
            return;
        }
        StateHasChanged();
    }

    /// <summary>Says that what the component needs to begin with did not come.</summary>
    protected void WaitForDatabase()
    {
        if (_isCutOff)
            return;
        _isCutOff = true;
        Outage.Changed += Begin;
        Outage.Suspect();
    }

    /// <summary>The component goes: it has nothing to open again. Those that are disposed of asynchronously call it themselves.</summary>
    protected void StopWaiting()
    {
        _isGone = true;
        Outage.Changed -= Begin;
    }

    void Begin()
    {
        if (Outage.IsAway)
            return;
        Outage.Changed -= Begin;
        _ = InvokeAsync(async () =>
        {
            // Where the fault is not over, the page would be opened again and again.
            await Task.Delay(Pause);
            if (!_isGone)
                Addresses.Refresh(forceReload: true);
        });
    }
}
