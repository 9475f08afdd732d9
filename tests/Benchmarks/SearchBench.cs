using System.Diagnostics;
using System.Globalization;
using CityOps.Gis.Crs;
using CityOps.Gis.PostGis;
using CityOps.Gis.PostGis.Search;

namespace CityOps.Gis.Benchmarks;

/// <summary>
/// What somebody who types waits for: codes, beginnings of codes, names in hanzi, by pinyin and by initials, parts of names, and coordinates, each many times over a city of a
/// million components. Times include all of it: the dictionary, the features, the names of where they lie.
/// </summary>
static class SearchBench
{
    const double GoalMilliseconds = 50;
    const int Warm = 3;

    public static async Task<int> Run(string[] arguments)
    {
        var runs = Option(arguments, "--runs") is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : 40;
        if (Option(arguments, "--connection") is { } given)
            return await Measure(given, runs);
        using var database = new BenchDatabase();
        return await Measure(await BenchCity.Database(database, BenchCity.Records(arguments)), runs);
    }

    static async Task<int> Measure(string connection, int runs)
    {
        await using var source = Connections.Open(connection);
        var (features, places, chains) = (new FeatureSearch(source, BenchDatabase.Catalog), new PlaceSearch(source), new JurisdictionChains(source));
        Say($"{BenchDatabase.Value<long>(connection, "select count(*) from gis.components"):N0} components, {BenchDatabase.Value<long>(connection, "select count(*) from cityops.search_text"):N0} texts in the dictionary");
        var worst = 0.0;
        foreach (var (what, question) in Questions(connection))
        {
            var times = new List<double>();
            var found = 0;
            for (var run = -Warm; run < runs; run++)
            {
                var clock = Stopwatch.StartNew();
                var place = await places.Find(question, MapOffset.None);
                var answers = await features.Find(new(question));
                await chains.Of([.. answers.Select(one => one.Jurisdiction)]);
                if (run >= 0)
                    times.Add(clock.Elapsed.TotalMilliseconds);
                found = answers.Count + (place is null ? 0 : 1);
            }
            times.Sort();
            worst = Math.Max(worst, times[times.Count * 95 / 100]);
            Say($"{what,-28} {question,-24} {found,3} answers  p50 {times[times.Count / 2],6:0.0} ms  p95 {times[times.Count * 95 / 100],6:0.0} ms  max {times[^1],6:0.0} ms");
        }
        Say($"ratio search-p95-ms {worst:0.0} goal {GoalMilliseconds:0} better lower");
        return 0;
    }

    static IEnumerable<(string What, string Question)> Questions(string connection)
    {
        string One(string sql) => BenchDatabase.Value<string>(connection, sql) ?? "none";
        var code = One("select code from gis.components where status is distinct from '移除' offset 1000 limit 1");
        var name = One("select name from gis.components group by name order by count(*) desc limit 1");
        var camera = One("select name from gis.cameras offset 500 limit 1");
        yield return ("component code", code);
        yield return ("beginning of a code", code[..10]);
        yield return ("case number", One("select case_number from gis.cases offset 500 limit 1"));
        yield return ("beginning of case numbers", One("select left(case_number, 5) from gis.cases limit 1"));
        yield return ("grid code", One("select code from gis.unit_grids offset 100 limit 1"));
        yield return ("commonest component name", name);
        yield return ("two hanzi of it", name[^2..]);
        yield return ("camera name", camera);
        yield return ("two hanzi of a camera", camera.Length > 4 ? camera[2..4] : camera);
        yield return ("district", "思明区");
        yield return ("initials of a district", "smq");
        yield return ("initials of a subdistrict", "gly");
        yield return ("English", "Siming District");
        yield return ("department", "城市管理");
        yield return ("two hanzi in many addresses", "门前");
        yield return ("one hanzi", "路");
        yield return ("one letter", "x");
        yield return ("degrees", "24.45N 118.08E");
        yield return ("metres", "609510.709, 2705558.546");
        yield return ("nothing", "没有这样的东西");
    }

    static string? Option(string[] arguments, string name) => Array.IndexOf(arguments, name) is >= 0 and var at && at + 1 < arguments.Length ? arguments[at + 1] : null;

    static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
