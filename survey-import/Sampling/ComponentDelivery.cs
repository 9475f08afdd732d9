using System.IO.Compression;

namespace CityOps.Gis.SurveyImport.Sampling;

/// <summary>
/// Writes <c>components.zip</c>: one shapefile per class. A class is written to a working folder while the one before it is packed, so disk and
/// memory hold two classes at most.
/// </summary>
sealed class ComponentDelivery(SampleWorld world, Survey survey, bool isFull, DefectPlan? defects, CancellationToken cancel)
{
    public const string TextTypedClass = "03005";

    static readonly DateTimeOffset Packed = new(Calendar.Now, TimeSpan.FromHours(8));
    static readonly string[] Parts = [".shp", ".shx", ".dbf", ".prj", ".cpg"];

    public void Write(string path, SampleTally tally, Action<long> report)
    {
        var work = path + ".parts";
        Directory.CreateDirectory(work);
        try
        {
            using var zip = new ZipArchive(new FileStream(path, FileMode.Create, FileAccess.ReadWrite), ZipArchiveMode.Create);
            var packing = Task.CompletedTask;
            var done = 0L;
            foreach (var name in WriteClasses(work, tally))
            {
                packing.GetAwaiter().GetResult();
                packing = Task.Run(() => Pack(zip, work, name), cancel);
                report(done = tally.Records.Where(one => one.Key.StartsWith("components.zip", StringComparison.Ordinal)).Sum(one => one.Value));
            }
            packing.GetAwaiter().GetResult();
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    IEnumerable<string> WriteClasses(string work, SampleTally tally)
    {
        for (var rule = 0; rule < ClassRules.All.Length; rule++)
        {
            if (Enumerable.Range(0, Divisions.Districts.Length).Sum(district => survey.Serials[rule, district]) == 0)
                continue;
            var code = ClassRules.All[rule].Code;
            var name = world.ClassName(code);
            using (var file = new ComponentFile(world, Path.Combine(work, name), world.KindOf(code), code == TextTypedClass))
            {
                WriteRows(file, rule, name);
                tally.Add($"components.zip/{name}.shp", file.Rows);
            }
            yield return name;
        }
        foreach (var (name, rows) in defects?.WriteOwnFiles(work) ?? [])
        {
            tally.Add($"components.zip/{name}.shp", rows);
            yield return name;
        }
    }

    void WriteRows(ComponentFile file, int rule, string name)
    {
        var placer = world.NewPlacer(isFull);
        var shapes = new List<PlacedShape>();
        file.Begin(rule);
        defects?.Begin(name, rule, Enumerable.Range(0, Divisions.Districts.Length).Sum(district => survey.Serials[rule, district]));
        foreach (var place in survey.Places)
        {
            cancel.ThrowIfCancellationRequested();
            placer.Fill(world.Places[place], ClassRules.All[rule], rule, shapes);
            var limit = survey.LimitOf(place, rule, shapes.Count);
            for (var k = 0; k < limit; k++)
                file.Write(shapes[k], defects);
        }
    }

    static void Pack(ZipArchive zip, string work, string name)
    {
        foreach (var part in Parts)
        {
            var file = Path.Combine(work, name + part);
            if (!File.Exists(file))
                continue;
            var entry = zip.CreateEntry(name + part, CompressionLevel.Fastest);
            entry.LastWriteTime = Packed;
            using (var from = File.OpenRead(file))
            using (var into = entry.Open())
                from.CopyTo(into, 1 << 18);
            File.Delete(file);
        }
    }
}
