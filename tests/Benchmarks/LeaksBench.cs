using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using CityOps.Gis.Access;
using CityOps.Gis.Queries;
using CityOps.Gis.Testing;
using CityOps.Gis.Web;

namespace CityOps.Gis.Benchmarks;

/// <summary>
/// Does the time of an answer tell of rows that the caller does not see? Two servers over two cities, alike but for the rows of a district that the caller may not see: there in one,
/// missing in the other. He asks both the same, in turns, about places, names and numbers of these rows; answers must be the same, and as quick.
/// </summary>
static partial class LeaksBench
{
    const int Own = 400, Warm = 10;
    static readonly JurisdictionScope s_scope = new() { Districts = ["350203"] };

    // All of them ask about what lies in the other district; those named "all" about the whole city.
    static readonly (string Kind, HttpMethod Method, string Path)[] s_questions =
    [
        ("tile", HttpMethod.Get, "/tiles/components/14/13564/7038.mvt"), ("tile", HttpMethod.Get, "/tiles/components/16/54259/28155.mvt"), ("tile, all", HttpMethod.Get, "/tiles/components/10/847/439.mvt"),
        ("items", HttpMethod.Get, "/ogc/collections/components/items?limit=100&bbox=118.012,24.402,118.018,24.408"), ("items, all", HttpMethod.Get, "/ogc/collections/components/items?limit=100&filter=name%20LIKE%20'%25hidden%25'"),
        ("item", HttpMethod.Get, "/ogc/collections/components/items/5000"),
        ("count", HttpMethod.Head, "/ogc/collections/components/items?bbox=118.012,24.402,118.018,24.408"), ("count, all", HttpMethod.Head, "/ogc/collections/components/items?class=01"),
        ("count, all", HttpMethod.Head, "/ogc/collections/components/items?filter=name%20LIKE%20'%25hidden%25'"),
        ("search", HttpMethod.Get, "/search?q=hidden"), ("search", HttpMethod.Get, "/search?q=3502060101000500"), ("search", HttpMethod.Get, "/search?q=%E9%9A%90%E8%97%8F"),
        ("heat", HttpMethod.Get, "/heat/components?cell=square&size=100&bbox=118.012,24.402,118.018,24.408"), ("heat, all", HttpMethod.Get, "/heat/components?cell=district"),
        ("export", HttpMethod.Get, "/export/components.csv?preview&bbox=118.012,24.402,118.018,24.408"),
    ];

    public static async Task<int> Run(string[] arguments)
    {
        var (hidden, rounds) = (Number(arguments, "--hidden", 100_000), Number(arguments, "--rounds", 120));
        // What was asked once would be told from memory.
        Environment.SetEnvironmentVariable(EngineSettings.Cache, "0");
        using var database = new BenchDatabase();
        using var with = new ServerChild("scoped-server", await City(database, "leaks_with", hidden));
        using var without = new ServerChild("scoped-server", await City(database, "leaks_without", 0));
        using HttpClient one = new() { BaseAddress = new(with.Url) }, other = new() { BaseAddress = new(without.Url) };
        await WebServerChild.IsLive(one, "components");
        await WebServerChild.IsLive(other, "components");
        Say($"{Own} rows in the caller's district; {hidden:N0} in the other in one city, none in the other city; {rounds} rounds; {Environment.ProcessorCount} cores");
        var (worst, worstAll, differ) = (0.0, 0.0, 0);
        foreach (var (kind, method, path) in s_questions)
        {
            var (theirs, ours) = (new List<double>(), new List<double>());
            for (var round = -Warm; round < rounds; round++)
            {
                // Who comes first changes from round to round.
                var first = round % 2 == 0 ? await Ask(one, method, path) : default;
                var second = await Ask(other, method, path);
                first = round % 2 == 0 ? first : await Ask(one, method, path);
                if (first.Said != second.Said)
                    differ++;
                if (round < 0)
                    continue;
                theirs.Add(first.Milliseconds);
                ours.Add(second.Milliseconds);
            }
            var ratio = Median(theirs) / Median(ours);
            Say($"  {kind,-12} with {Median(theirs),7:0.000} ms, without {Median(ours),7:0.000} ms, {ratio:0.00} times  {path}");
            if (kind.EndsWith("all", StringComparison.Ordinal))
                worstAll = Math.Max(worstAll, ratio);
            else
                worst = Math.Max(worst, ratio);
        }
        Say($"{differ} answers differ");
        Say($"ratio leaks-place {worst:0.00} goal 1.3 better lower");
        Say($"ratio leaks-city {worstAll:0.00} goal 1.3 better lower");
        return differ == 0 ? 0 : 1;
    }

    /// <summary>The child itself: the product for a caller who sees one of the two districts.</summary>
    public static Task<int> Serve(string[] arguments)
        => WebServerChild.Serve(arguments, new() { Trusted = _ => new Caller("bench", "bench", Role.GridManager.Permissions, s_scope) { Roles = [Role.GridManager.Id] } });

    static async Task<string> City(BenchDatabase database, string name, int hidden)
    {
        database.Make(name);
        await database.Prepare(name);
        BenchDatabase.Run(database.Of(name), SmallCity.Sql);
        // The caller's rows come first, so that they have the same numbers in both.
        foreach (var (district, count, west, word) in new[] { ("350203", Own, 118.0002, "own"), ("350206", hidden, 118.0102, "hidden 隐藏") })
            BenchDatabase.Run(database.Of(name), string.Create(CultureInfo.InvariantCulture, $"""
                insert into gis.components (code, name, class_code, class_table, status, first_date, geom)
                select '{district}0101' || lpad(n::text, 6, '0'), '{word} ' || n, '0101', 'cjt214-2007', '完好', '2020-01-01', ST_SetSRID(ST_MakePoint({west} + (n::bigint * 7919 % 9600) / 1000000.0, 24.4002 + (n::bigint * 104729 % 9600) / 1000000.0), 4490)
                from generate_series(1, {count}) n
                """));
        BenchDatabase.Run(database.Of(name), "analyze");
        return database.Pooled(name);
    }

    static async Task<(double Milliseconds, string Said)> Ask(HttpClient client, HttpMethod method, string path)
    {
        var begun = Stopwatch.GetTimestamp();
        using var request = new HttpRequestMessage(method, path);
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseContentRead);
        var text = await answer.Content.ReadAsStringAsync();
        var took = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
        var matched = answer.Headers.TryGetValues("OGC-NumberMatched", out var number) ? number.First() : "";
        return (took, $"{(int)answer.StatusCode} {matched} {Times().Replace(text.Replace(client.BaseAddress!.GetLeftPart(UriPartial.Authority), "", StringComparison.Ordinal), "")}");
    }

    static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);

    static int Number(string[] arguments, string name, int usual) => Array.IndexOf(arguments, name) is >= 0 and var at ? int.Parse(arguments[at + 1], CultureInfo.InvariantCulture) : usual;

    static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    // When something was asked, and when a row was written, is another moment in each city; so is the number of a fault.
    [GeneratedRegex("""\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)|"requestId":\s*"[^"]*"|"traceId":\s*"[^"]*"|"milliseconds":\s*[\d.]+|"version":\s*"?[\d.-]+"?""")]
    private static partial Regex Times();
}
