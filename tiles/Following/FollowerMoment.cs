namespace CityOps.Gis.Tiles.Following;

/// <summary>Moments at which the follower can be told of its own progress, and be stopped by a test.</summary>
public enum FollowerMoment
{
    Connecting,
    Copying,
    CatchingUp,
    Live,
    /// <summary>Before committed changes become visible.</summary>
    Applying,
    /// <summary>After they have, before the server is told.</summary>
    Confirming,
    /// <summary>Before one layer is loaded anew beside the others.</summary>
    Reloading,
    /// <summary>Before parts of a view are merged.</summary>
    Merging,
}
