using System.Globalization;
using CityOps.Gis.Exports;
using CityOps.Gis.PostGis;

namespace CityOps.Gis.Benchmarks;

/// <summary>
/// The components of the city in every format, each by a process of its own, so that its peak memory is that of one export: a million rows may cost no more than a thousand.
/// </summary>
static class ExportBench
{
    const int MostMegabytes = 400;

    public static async Task<int> Run(string[] arguments)
    {
        if (Option(arguments, "--connection") is { } given)
            return Measure(given, arguments);
        using var database = new BenchDatabase();
        return Measure(await BenchCity.Database(database, BenchCity.Records(arguments)), arguments);
    }

    /// <summary>The child: one export into a file.</summary>
    public static async Task<int> Write(string[] arguments)
    {
        var (connection, format, limit, file) = (arguments[0], arguments[1], arguments[2], arguments[3]);
        await using var source = Connections.Open(connection);
        ExportFormats.TryFind(format, out var facts);
        var (request, _) = ExportRequestText.Parse(BenchDatabase.Catalog.Find("components")!, facts!.Format,
            [new("limit", limit), new("confirm", "yes"), .. facts.Format == ExportFormat.Shapefile ? [new KeyValuePair<string, string>("encoding", "gbk"), new("crs", "EPSG:4548")] : Array.Empty<KeyValuePair<string, string>>()]);
        await using var export = await new Exporter(source, new() { WorkFolder = Path.GetDirectoryName(file)! }).Open(request);
        await using var target = File.Create(file);
        var (rows, bytes) = await export.Write(target, "bench");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows} {bytes}"));
        return 0;
    }

    static int Measure(string connection, string[] arguments)
    {
        var all = BenchDatabase.Value<long>(connection, "select count(*) from gis.components where status is distinct from '移除'");
        var formats = Option(arguments, "--formats")?.Split(',') ?? [.. ExportFormats.Names];
        var file = Path.Combine(BenchDatabase.Folder, "export.part");
        var most = 0L;
        foreach (var format in formats)
        {
            var few = Export(connection, format, 1_000, file);
            var many = Export(connection, format, Math.Min(all, 1_000_000), file);
            most = Math.Max(most, many.PeakBytes);
            var (rows, bytes) = (long.Parse(many.Output.Split(' ')[0], CultureInfo.InvariantCulture), long.Parse(many.Output.Split(' ')[1], CultureInfo.InvariantCulture));
            Say($"{format,-9} {rows,9:N0} rows {bytes >> 20,5} MB  {many.Seconds,6:0.0} s  {rows / many.Seconds,9:N0} rows/s  peak memory {many.PeakBytes >> 20,4} MB (a thousand rows: {few.PeakBytes >> 20} MB)");
        }
        Say($"ratio export-memory-mb {most / 1e6:0} goal {MostMegabytes} better lower");
        return 0;
    }

    static Child Export(string connection, string format, long limit, string file)
    {
        var child = Child.Run("dotnet", [typeof(ExportBench).Assembly.Location, "export-one", connection, format, limit.ToString(CultureInfo.InvariantCulture), file]);
        File.Delete(file);
        return child.ExitCode == 0 ? child : throw new InvalidOperationException($"The export as {format} failed: {child.Output}");
    }

    static string? Option(string[] arguments, string name) => Array.IndexOf(arguments, name) is >= 0 and var at && at + 1 < arguments.Length ? arguments[at + 1] : null;

    static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
