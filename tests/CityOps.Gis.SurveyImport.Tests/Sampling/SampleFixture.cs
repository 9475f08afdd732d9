using CityOps.Gis.Layers;
using CityOps.Gis.SurveyImport.Sampling;

namespace CityOps.Gis.Tests.SurveyImport.Sampling;

/// <summary>The demo city and a small full census with faults, each written once into a folder of its own.</summary>
public sealed class SampleFixture : IDisposable
{
    public static readonly SampleSize Small = new(120_000, 800, 300, 100, 1, IsFull: true);

    readonly string _folder = Directory.CreateTempSubdirectory("sample-city-").FullName;

    public SampleFixture()
    {
        Catalog = LayerCatalog.Load(LayersFolder());
        Demo = SampleCity.Write(new(Path.Combine(_folder, "demo"), SampleScale.Demo, Defects: false), Catalog, null, CancellationToken.None);
        Faulty = WriteSmall("faulty", withDefects: true);
        Full = WriteSmall("full", withDefects: false);
    }

    public LayerCatalog Catalog { get; }
    public SampleSummary Demo { get; }
    public SampleSummary Faulty { get; }
    public SampleSummary Full { get; }

    public SampleSummary WriteSmall(string name, bool withDefects, int seed = 3502)
        => SampleCity.Write(new(Path.Combine(_folder, name), SampleScale.Demo, withDefects, seed) { Size = Small }, Catalog, null, CancellationToken.None);

    public string Folder(string name) => Path.Combine(_folder, name);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    static string LayersFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, "src", "layers") is var layers && Directory.Exists(layers))
                return layers;
        throw new DirectoryNotFoundException("src/layers is not above the test's folder.");
    }
}
