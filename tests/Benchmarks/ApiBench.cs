using System.Globalization;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Collections;
using CityOps.Gis.Queries;
using Npgsql;

namespace CityOps.Gis.Benchmarks;

/// <summary>
/// Pages of items over HTTP, random boxes and filters, 1,000 features each, beside the very same statements by pgbench with one client; then counts alone, each
/// question once. The product itself serves, in a process of its own.
/// </summary>
static class ApiBench
{
    const int Counts = 400, Limit = 1000, Clients = 8, Seconds = 20;
    const double MostSideMeters = 4000, LeastSideMeters = 300, MetersPerDegree = 111_000;

    static readonly string[] Filters =
    [
        "", "", "class=01", "class=02,05", "status=破损", "status=完好,破损&class=03", "from=2024-06-01&to=2025-03-01", "filter=name LIKE '%25井%25'",
        "filter=class_code IN ('0101','0102','01001','01002') AND first_date > DATE('2015-01-01')", "filter=fid BETWEEN 100000 AND 900000 OR status <> '完好'", "q=灯",
    ];

    static LayerDefinition Layer => BenchDatabase.Catalog.Find("components")!;

    public static async Task<int> Run(string[] arguments)
    {
        if (!Wrk.IsThere)
        {
            Console.WriteLine("The load generator is missing: apt-get install wrk");
            return 2;
        }
        // Another database, for a quick look: --database "Host=…".
        var named = Array.IndexOf(arguments, "--database") is >= 0 and var at ? arguments[at + 1] : null;
        using var database = named is null ? new BenchDatabase() : null;
        var connection = named ?? await BenchCity.Database(database!, BenchCity.Records(arguments));
        // Fewer where each takes the rival seconds: --questions 40.
        var questions = Array.IndexOf(arguments, "--questions") is >= 0 and var many ? int.Parse(arguments[many + 1], CultureInfo.InvariantCulture) : 120;
        await Measure(connection, questions);
        return 0;
    }

    static async Task Measure(string connection, int many)
    {
        var places = Places(connection);
        var (questions, others) = (Asked(places, many, seed: 3502), Asked(places, many / 2, seed: 3503));
        using var server = new ApiServer(connection);
        Say($"{BenchDatabase.Value<long>(connection, "select sum(reltuples)::bigint from pg_class where relname like 'components%' and relkind = 'r' and relnamespace = 'gis'::regnamespace and relname not like '%history'"):N0} components; {Environment.ProcessorCount} cores for database, server and client together; components are in memory: {await server.IsLive("components")}");
        await Items(connection, server, questions, others);
        await Alone(server, Asked(places, Counts, seed: 3504));
    }

    static async Task Items(string connection, ApiServer server, List<string> questions, List<string> others)
    {
        var statements = questions.Select(question => Literal(question)).ToList();
        // Once unmeasured on both sides, so that neither meets cold pages or cold code.
        PgbenchList.Run(connection, statements);
        await server.Times(others.Select(Path), HttpMethod.Get);
        var theirs = PgbenchList.Run(connection, statements);
        var ours = await server.Times(questions.Select(Path), HttpMethod.Get);
        var again = await server.Times(questions.Select(Path), HttpMethod.Get);
        Print("the statements by pgbench, 1 client", theirs.Milliseconds);
        Print("HTTP, 1 client, each question for the first time", ours.Milliseconds);
        Print("HTTP, 1 client, once more", again.Milliseconds);
        Say($"  {ours.Bytes / 1e6 / questions.Count:0.00} MB and {ours.Features / (double)questions.Count:0} features a page; {ours.Errors} errors");
        var load = Wrk.Run(server.Url, questions.Select(Path), Clients, Seconds);
        Say($"  HTTP, {Clients} connections: {load.PerSecond:N0} pages/s, p50 {load.P50:0.0} p99 {load.P99:0.0} ms, {load.MegabytesPerSecond:0} MB/s, {load.Errors} errors; pgbench with 2 clients {PgbenchList.Run(connection, statements, clients: 2).PerSecond:N0}/s");
        if (ours.Errors + load.Errors > 0)
            Say($"  {ours.Errors} pages of one client and {load.Errors} of {Clients} were refused or broke off; a refusal is quick and no page, so there is no ratio.");
        else
            Say($"ratio api-items {ours.Milliseconds.Average() / theirs.Milliseconds.Average():0.00} goal 1.3 better lower");
    }

    static async Task Alone(ApiServer server, List<string> questions)
    {
        var counts = await server.Times(questions.Select(question => $"/ogc/collections/components/items?{question}"), HttpMethod.Head);
        Print($"counts alone, {questions.Count} questions once each", counts.Milliseconds);
        Say($"  {counts.Exact} of them exact, the others estimated; {counts.Errors} errors; the slowest {counts.Slowest}");
        Say($"ratio api-count-p99-ms {At(counts.Milliseconds, 0.99):0.0} goal 50 better lower");
    }

    // Escaped, as wrk sends a path as it is given.
    static string Path(string question) => new Uri($"http://localhost/ogc/collections/components/items?limit={Limit}&{question}").PathAndQuery;

    // Boxes about random components: where there are more of them, more is asked.
    static List<(double Longitude, double Latitude)> Places(string connection)
    {
        using var open = new NpgsqlConnection(connection);
        open.Open();
        using var command = new NpgsqlCommand("select ST_X(ST_Centroid(geom)), ST_Y(ST_Centroid(geom)) from gis.components tablesample system_rows (2000)", open) { CommandTimeout = 0 };
        using (var extension = new NpgsqlCommand("create extension if not exists tsm_system_rows", open))
            extension.ExecuteNonQuery();
        using var reader = command.ExecuteReader();
        var places = new List<(double, double)>();
        while (reader.Read())
            places.Add((reader.GetDouble(0), reader.GetDouble(1)));
        return [.. places.Order()];
    }

    static List<string> Asked(List<(double Longitude, double Latitude)> places, int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(number =>
        {
            var ((longitude, latitude), filter) = (places[random.Next(places.Count)], Filters[number % Filters.Length]);
            // Small boxes are as frequent as large ones.
            var half = LeastSideMeters * Math.Pow(MostSideMeters / LeastSideMeters, random.NextDouble()) / 2 / MetersPerDegree;
            FormattableString box = $"bbox={longitude - half:0.000000},{latitude - half:0.000000},{longitude + half:0.000000},{latitude + half:0.000000}";
            return FormattableString.Invariant(box) + (filter.Length > 0 ? "&" + filter : "");
        })];
    }

    /// <summary>The statement that the server sends for a question, with its values in it.</summary>
    static string Literal(string question)
    {
        var parameters = question.Split('&').Select(part => part.Split('=', 2)).Select(part => KeyValuePair.Create(part[0], Uri.UnescapeDataString(part[1])));
        var (query, faults) = FeatureQueryText.Parse(Layer, parameters);
        if (faults.Count > 0)
            throw new InvalidOperationException(faults[0].En);
        var (values, sql) = FeaturePages.Statement(Layer, query, Limit + 1, PageStart.First);
        return PgbenchList.WithValues(values, sql);
    }

    static void Print(string what, double[] times)
        => Say($"  {what}: {1000 / times.Average():N0}/s, mean {times.Average():0.00} p50 {At(times, 0.5):0.00} p95 {At(times, 0.95):0.00} p99 {At(times, 0.99):0.00} most {times[^1]:0.0} ms");

    static double At(double[] sorted, double share) => sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];

    static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
