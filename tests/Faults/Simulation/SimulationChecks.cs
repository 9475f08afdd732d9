using System.Globalization;
using CityOps.Gis.Assessment;
using CityOps.Gis.PostGis.Assessment;
using CityOps.Gis.Tiles.Encoding;

namespace CityOps.Gis.Testing.Faults.Simulation;

/// <summary>What must hold when the days are over; each check says how many things are wrong.</summary>
sealed class SimulationChecks(SimulatedCity city, Actor reader, Action<string> say)
{
    const int Zoom = 16;
    static readonly TimeZoneInfo s_zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    /// <summary>Moves that the table does not allow, and features that do not stand as their last move says.</summary>
    public async Task<int> Breaches() => (await city.Rows(CaseOracle.Breaches)).Count;

    /// <summary>Deadlines and warnings that an independent count in SQL has otherwise.</summary>
    public async Task<(int Wrong, int Of)> Deadlines()
    {
        var (counted, stored) = (await city.Rows(CaseOracle.Deadlines), await city.Rows(CaseOracle.Stored));
        return (counted.Except(stored).Count() + Math.Abs(counted.Count - stored.Count), stored.Count);
    }

    /// <summary>Figures of grids, areas and departments that independent sums have otherwise.</summary>
    public async Task<(int Wrong, int Of)> Figures()
    {
        var period = AssessmentPeriod.MonthOf(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(await city.Now(), s_zone).DateTime));
        var (assessments, wrong, all) = (new Assessments(city.Source, s_zone), 0, 0);
        foreach (var kind in new[] { AssessedKind.Grid, AssessedKind.Community, AssessedKind.Subdistrict, AssessedKind.District, AssessedKind.Department })
        {
            var (_, ratings, _) = await assessments.Of(new(kind, period));
            var counted = ratings.Select(one => one.Code + "|" + string.Join('|', one.Figures.Select(figure => string.Create(CultureInfo.InvariantCulture, $"{figure.Counted}|{figure.Of}")))).ToList();
            var sums = await city.Rows(AssessmentOracle.Sums(kind, period, s_zone));
            var (ours, theirs) = (counted.Except(sums).ToList(), sums.Except(counted).ToList());
            if (ours.Count + theirs.Count > 0)
                say($"    {kind}: figures {ours.FirstOrDefault()}, sums {theirs.FirstOrDefault()}");
            (wrong, all) = (wrong + ours.Count + theirs.Count, all + sums.Count);
        }
        return (wrong, all);
    }

    /// <summary>Scenes that do not stand as what was sent says, or whose cases do not, and answers that SQL counts otherwise.</summary>
    public async Task<(int Wrong, int Of)> Scenes(Recogniser recogniser, int confirmed)
    {
        var wrong = 0;
        foreach (var (what, sql) in new[]
        {
            ("do not say what was sent", DetectionOracle.Unlike), ("hold what is not alike", DetectionOracle.WronglyMerged), ("are one twice", DetectionOracle.WronglySplit),
            ("have another case than theirs", DetectionOracle.WronglyFiled), ("were still seen when their case was closed", DetectionOracle.ClosedWhileSeen(recogniser.ClearFrames)),
        })
            if (await city.Rows(sql) is { Count: > 0 } rows)
            {
                say($"    scenes that {what}: {rows.Count}, such as {rows[0]}");
                wrong += rows.Count;
            }
        var counted = (await city.Rows("select (select count(*) from detections.scene), (select count(*) from detections.sighting where scene is not null), (select count(*) from detections.sighting where scene is null), (select count(*) from detections.scene where status = 'confirmed')"))[0];
        var told = string.Create(CultureInfo.InvariantCulture, $"{recogniser.Outcomes["new"]}|{recogniser.Outcomes["new"] + recogniser.Outcomes["merged"]}|{recogniser.Outcomes["dropped"]}|{confirmed}");
        if (counted != told)
        {
            say($"    scenes, sightings, dropped, confirmed: SQL {counted}, answers {told}");
            wrong++;
        }
        return (wrong, recogniser.Outcomes["new"]);
    }

    /// <summary>Counts of cases by stage, of devices by kind and state, and of detections by state, on which the list, the heat map, the tiles and SQL do not agree.</summary>
    public async Task<(int Wrong, int Of)> Counts()
    {
        var (wrong, all) = (0, 0);
        foreach (var (layer, field) in new[] { ("cases", "status"), ("devices", "kind"), ("detections", "status") })
            foreach (var row in await city.Rows($"select {field}, count(*) from gis.{layer} where status is distinct from 'rejected' group by 1 order by 1"))
            {
                var (value, count) = (row.Split('|')[0], long.Parse(row.Split('|')[1], CultureInfo.InvariantCulture));
                var filter = Uri.EscapeDataString($"{field} = '{value}'");
                using var list = await reader.Read($"/ogc/collections/{layer}/items?limit=1&filter={filter}");
                using var heat = await reader.Read($"/heat/{layer}?cell=square&size=500&filter={filter}");
                long[] told = [list.RootElement.GetProperty("numberMatched").GetInt64(), heat.RootElement.GetProperty("total").GetInt64(), await Drawn(layer, filter)];
                all += told.Length;
                foreach (var other in told.Where(other => other != count))
                {
                    wrong++;
                    say($"    {layer} {value}: SQL {count}, told {other} (list, heat map, tiles: {string.Join(' ', told)})");
                }
            }
        using var devices = await reader.Read("/api/devices");
        var states = devices.RootElement.GetProperty("counts");
        foreach (var state in new[] { "online", "offline", "alarm" })
        {
            all++;
            if (states.GetProperty(state).GetInt64() != await city.Value<long>($"select count(*) from devices.state where status = '{state}'"))
                wrong++;
        }
        return (wrong, all);
    }

    // By their numbers, as a feature at an edge is in two tiles.
    async Task<long> Drawn(string layer, string filter)
    {
        var (west, south, east, north) = SimulatedCity.Box;
        var fids = new HashSet<ulong>();
        for (var x = X(west); x <= X(east); x++)
            for (var y = Y(north); y <= Y(south); y++)
                if (await reader.Bytes($"/tiles/{layer}/{Zoom}/{x}/{y}.mvt?filter={filter}") is { Length: > 0 } tile)
                    foreach (var feature in MvtReader.Read(tile).Layers.SelectMany(one => one.Features))
                        fids.Add(feature.Id!.Value);
        return fids.Count;
    }

    static int X(double longitude) => (int)((longitude + 180) / 360 * (1 << Zoom));

    static int Y(double latitude) => (int)((1 - Math.Asinh(Math.Tan(latitude * Math.PI / 180)) / Math.PI) / 2 * (1 << Zoom));
}
