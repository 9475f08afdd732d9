using CityOps.Gis.Layers;

namespace CityOps.Gis.Tiles.Following;

/// <summary>The server's settings or the user's rights do not allow to follow it.</summary>
public sealed class FollowingRefusedException(LocalText reason) : Exception(reason.En)
{
    public LocalText Reason => reason;
}
