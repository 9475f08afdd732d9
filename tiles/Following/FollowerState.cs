namespace CityOps.Gis.Tiles.Following;

/// <summary>Where the follower of this process stands; which state may follow which, <see cref="FollowerStates"/> says.</summary>
public enum FollowerState
{
    Stopped,
    /// <summary>A connection for replication and a slot are being asked for.</summary>
    Connecting,
    /// <summary>Layers are copied as of the slot's start, while the changes since are already coming in.</summary>
    Copying,
    /// <summary>Every layer is copied; the changes made meanwhile are being applied.</summary>
    CatchingUp,
    /// <summary>Every change is visible soon after its commit.</summary>
    Live,
    /// <summary>The connection is gone or a fault ended the following; the views stay as they are until the next try.</summary>
    Lost,
    /// <summary>The server's settings or the user's rights do not allow to follow; PostGIS answers.</summary>
    Refused,
}
