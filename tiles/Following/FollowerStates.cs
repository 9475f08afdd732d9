using CityOps.Gis.Layers;

namespace CityOps.Gis.Tiles.Following;

/// <summary>The follower's state machine: which state may follow which.</summary>
public sealed class FollowerStates
{
    volatile FollowerNote _note = new(FollowerState.Stopped, null, DateTimeOffset.UtcNow);

    public FollowerState State => _note.State;

    /// <summary>Why it is lost or refused; null where there is nothing to say.</summary>
    public LocalText? Reason => _note.Reason;
    public DateTimeOffset Since => _note.Since;

    public static bool MayFollow(FollowerState from, FollowerState to) => to == FollowerState.Stopped || (from, to) switch
    {
        (FollowerState.Stopped or FollowerState.Lost or FollowerState.Refused, FollowerState.Connecting) => true,
        (FollowerState.Connecting, FollowerState.Copying or FollowerState.Refused or FollowerState.Lost) => true,
        (FollowerState.Copying, FollowerState.CatchingUp or FollowerState.Lost) => true,
        (FollowerState.CatchingUp, FollowerState.Live or FollowerState.Lost) => true,
        (FollowerState.Live, FollowerState.Lost) => true,
        _ => false,
    };

    /// <exception cref="InvalidOperationException">The state may not follow the present one.</exception>
    internal void Move(FollowerState to, LocalText? reason = null)
    {
        if (!MayFollow(State, to))
            throw new InvalidOperationException($"The follower cannot go from {State} to {to}.");
        _note = new(to, reason, DateTimeOffset.UtcNow);
    }

    sealed record FollowerNote(FollowerState State, LocalText? Reason, DateTimeOffset Since);
}
