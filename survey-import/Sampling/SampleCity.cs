using System.Text.Json;
using CityOps.Gis.Layers;

namespace CityOps.Gis.SurveyImport.Sampling;

/// <summary>
/// Writes a believable Xiamen: true codes and names of districts and subdistricts, invented geometry. The spine, the streets, the component delivery
/// (GBK shapefiles in EPSG:4548), cameras, devices, cases and assessments (UTF-8 CSV, degrees in EPSG:4490). Deterministic: equal options give
/// equal bytes; all dates stand relative to 2026-11-01.
/// </summary>
public static class SampleCity
{
    const int LargestNormalBench = 1_000_000;

    static readonly LocalText Building = new("正在绘制城市", "Drawing the city");
    static readonly LocalText Counting = new("正在安排普查", "Planning the survey");
    static readonly LocalText Components = new("正在写入部件", "Writing components");
    static readonly LocalText Tables = new("正在写入案件、摄像头、设备和考核", "Writing cases, cameras, devices and assessments");

    /// <summary>What is to be imported into which layer, in order: the spine first, as everything else is stamped by it.</summary>
    public static IReadOnlyList<(string File, string Layer)> Files { get; } =
    [
        ("spine/districts.shp", "districts"), ("spine/subdistricts.shp", "subdistricts"), ("spine/communities.shp", "communities"), ("spine/unit_grids.shp", "unit_grids"),
        ("spine/management_grids.shp", "management_grids"), ("spine/departments.csv", "departments"), ("base/roads.shp", "roads"), ("components.zip", "components"),
        ("cases.csv", "cases"), ("cameras.csv", "cameras"), ("devices.csv", "devices"), ("assessments.csv", "assessments"),
    ];

    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static SampleSummary Write(
        SampleOptions options, LayerCatalog catalog, IProgress<(LocalText Step, long Done, long? Total)>? progress, CancellationToken cancel)
    {
        var size = options.Size ?? SampleSize.Of(options.Scale);
        Directory.CreateDirectory(options.Folder);
        var tally = new SampleTally();
        progress?.Report((Building, 0, null));
        var world = new SampleWorld(options.Seed, catalog);
        WriteGround(world, options.Folder, tally);
        progress?.Report((Tables, 0, null));
        new CityTables(world, Events(catalog), size, options.Folder, tally, cancel).Write();
        progress?.Report((Counting, 0, null));
        var defects = options.Defects ? new DefectPlan(world) : null;
        var target = (size.Components ?? (int)(size.Total!.Value - tally.Total)) - (defects is null ? 0 : DefectPlan.OwnRows);
        var survey = new Survey(world.Places, world.NewPlacer(size.IsFull), world.Spine, [.. Enumerable.Range(0, ClassRules.All.Length)], target, cancel);
        new ComponentDelivery(world, survey, size.IsFull, defects, cancel)
            .Write(Path.Combine(options.Folder, "components.zip"), tally, done => progress?.Report((Components, done, target)));
        defects?.WriteAnswers(Path.Combine(options.Folder, "defects.csv"));
        var summary = new SampleSummary(options.Folder, options.Scale, options.Seed, tally.Records, defects?.Count ?? 0);
        WriteSummary(summary);
        return summary;
    }

    /// <summary>
    /// Writes only <c>bench.shp</c>, points of many classes with the 17 fields of the delivery, and its <c>spine/</c>: for timing an import.
    /// </summary>
    public static SampleSummary WriteBenchFile(string folder, int rows, LayerCatalog catalog, CancellationToken cancel = default, int seed = 3502)
    {
        Directory.CreateDirectory(folder);
        var tally = new SampleTally();
        var world = new SampleWorld(seed, catalog);
        WriteGround(world, folder, tally);
        int[] rules = [.. Enumerable.Range(0, ClassRules.All.Length).Where(rule => world.KindOf(ClassRules.All[rule].Code) == GeometryKind.Point)];
        var isFull = rows > LargestNormalBench;
        var survey = new Survey(world.Places, world.NewPlacer(isFull), world.Spine, rules, rows, cancel);
        using (var file = new ComponentFile(world, Path.Combine(folder, "bench"), GeometryKind.Point, isText: false))
        {
            foreach (var rule in rules)
                ComponentDelivery.WriteRows(file, rule, world, survey, isFull, null, cancel);
            tally.Add("bench.shp", file.Rows);
        }
        return new(folder, SampleScale.Million, seed, tally.Records, 0);
    }

    static CodeList Events(LayerCatalog catalog)
        => catalog.Lists.Find("event-classes") ?? throw new InvalidOperationException("The code list event-classes is missing.");

    static void WriteGround(SampleWorld world, string folder, SampleTally tally)
    {
        new SpineFiles(world.Spine, world.Departments, world.Names, Path.Combine(folder, "spine"), tally).Write();
        world.Network.Write(Path.Combine(folder, "base"), tally);
    }

    static void WriteSummary(SampleSummary summary)
        => File.WriteAllText(Path.Combine(summary.Folder, "sample.json"), JsonSerializer.Serialize(
            new { seed = summary.Seed, scale = summary.Scale.ToString(), total = summary.Total, defects = summary.Defects, records = summary.Records },
            new JsonSerializerOptions { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
}
