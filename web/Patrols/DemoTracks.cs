using CityOps.Gis.Access;
using CityOps.Gis.Patrols;
using CityOps.Gis.PostGis;
using CityOps.Gis.PostGis.Patrols;
using NetTopologySuite.Geometries;

namespace CityOps.Gis.Web.Patrols;

/// <summary>A morning of a grid manager of the demonstration: from grid to grid through his community, with a patrol and a record of it.</summary>
public static class DemoTracks
{
    const int EverySeconds = 10, MostGrids = 14;
    const double MetersPerSecond = 1.3, MetersPerDegree = 111_200, AccuracyMeters = 8;

    /// <summary>Walks as somebody whose scope begins with a community; nothing where that has fewer than two grids.</summary>
    /// <param name="begun">When he sets out.</param>
    public static async Task Walk(IServiceProvider services, Caller person, DateTimeOffset begun, CancellationToken cancel = default)
    {
        if (person.Scope is not { Communities: [var community, ..] })
            return;
        var middles = (await services.GetRequiredService<SpineTree>().Below(community, cancel)).Select(grid => grid.Box?.Centre).OfType<Coordinate>().ToList();
        var way = Way(Nearest(middles), begun).ToList();
        if (way.Count < 2)
            return;
        using var _ = person.Enter();
        var (records, patrol) = (services.GetRequiredService<PatrolRecords>(), Guid.NewGuid());
        await services.GetRequiredService<Tracks>().Take(way, cancel);
        await records.Put(patrol, begun, way[^1].At, cancel);
        await records.Add(Guid.NewGuid(), patrol, way[way.Count / 2], "巡查路段秩序正常，设施完好。", cancel);
    }

    // Each time to the nearest grid that he has not been to.
    static List<Coordinate> Nearest(List<Coordinate> left)
    {
        var order = new List<Coordinate>();
        while (left.Count > 0 && order.Count < MostGrids)
        {
            var next = order.Count == 0 ? left[0] : left.MinBy(order[^1].Distance)!;
            order.Add(next);
            left.Remove(next);
        }
        return order;
    }

    static IEnumerable<TrackFix> Way(List<Coordinate> places, DateTimeOffset begun)
    {
        foreach (var (from, to) in places.Zip(places.Skip(1)))
        {
            var meters = MetersPerDegree * Math.Sqrt(Math.Pow((to.X - from.X) * Math.Cos(from.Y * Math.PI / 180), 2) + Math.Pow(to.Y - from.Y, 2));
            var steps = Math.Max(1, (int)(meters / MetersPerSecond / EverySeconds));
            for (var step = 0; step < steps; step++, begun = begun.AddSeconds(EverySeconds))
                yield return new(begun, from.X + (to.X - from.X) * step / steps, from.Y + (to.Y - from.Y) * step / steps, AccuracyMeters);
        }
    }
}
