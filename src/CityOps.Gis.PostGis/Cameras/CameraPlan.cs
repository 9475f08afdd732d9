namespace CityOps.Gis.PostGis.Cameras;

/// <summary>Cameras that are looked at in turn (视频巡查方案).</summary>
/// <param name="Id">0 for one that is not kept yet.</param>
/// <param name="Stops">Cameras in their order, with how long each is shown.</param>
/// <param name="AtOnce">One at a time, or four.</param>
public sealed record CameraPlan(long Id, string Name, string? OwnerId, string Owner, IReadOnlyList<PlanStop> Stops, int AtOnce)
{
    /// <summary>Stops of a plan.</summary>
    public const int MostStops = 200;
    public const int LeastSeconds = 3, MostSeconds = 3_600, LongestName = 100;

    /// <summary>How many pictures there are to go through.</summary>
    public int Screens => (Stops.Count + AtOnce - 1) / AtOnce;

    /// <summary>Stops of a picture, and how long it stays: as long as the one that wants it longest.</summary>
    /// <param name="screen">From 0 on.</param>
    public (IReadOnlyList<PlanStop> Stops, TimeSpan Time) Screen(int screen)
    {
        var stops = Stops.Skip(screen * AtOnce).Take(AtOnce).ToList();
        return (stops, TimeSpan.FromSeconds(stops.Select(stop => stop.Seconds).DefaultIfEmpty(LeastSeconds).Max()));
    }
}
