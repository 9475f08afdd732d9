namespace CityOps.Gis.Web.Outage;

/// <summary>Whether the database answers, as <see cref="DatabaseWatch"/> found it last. Told by one thread, read by all.</summary>
public sealed class DatabaseOutage
{
    volatile bool _isAway;
    volatile TaskCompletionSource _suspected = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsAway => _isAway;

    /// <summary>It went away or came back, or was looked at because somebody had met with a fault; called on whatever thread.</summary>
    public event Action? Changed;

    /// <summary>Ends when somebody has met with a fault, since it was asked for.</summary>
    internal Task Suspected => _suspected.Task;

    /// <summary>Somebody has met with a fault: it is to be looked at now.</summary>
    public void Suspect() => _suspected.TrySetResult();

    /// <summary>The watch has looked.</summary>
    public void Tell(bool isAway)
    {
        var wasSuspected = _suspected.Task.IsCompleted;
        _suspected = new(TaskCreationOptions.RunContinuationsAsynchronously);
        if (isAway == _isAway && !wasSuspected)
            return;
        _isAway = isAway;
        Changed?.Invoke();
    }
}
