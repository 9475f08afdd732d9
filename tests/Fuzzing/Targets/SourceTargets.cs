using System.Diagnostics;
using System.IO.Compression;
using CityOps.Gis.SurveyImport.Sources;
using CityOps.Gis.Testing;

namespace CityOps.Gis.Fuzzing.Targets;

/// <summary>
/// Files of deliveries: real ones of <c>shared/data/formats</c>, mutated, each beside the unharmed companions of its format, and some small ones of our own. Declared:
/// <see cref="SourceException"/>.
/// </summary>
public static class SourceTargets
{
    const int MostSeedBytes = 128 << 10, MostSeeds = 12;
    const long MostUnpackedBytes = 32 << 20;
    static readonly string[] Archives = ["mapshaper_issue_cases.zip", "mapshaper_shp_dbf_encodings.zip", "nts_shapefiles.zip", "mapshaper_geopackage_fgb_kml.zip", "sharpmap_mapinfo_tab_xls_kml.zip", "dxf_parser_samples.zip", "geoda_multi_format/columbus.zip"];

    static readonly (string Extension, string? Companion, string[] Own)[] Formats =
    [
        (".shp", ".dbf", []), (".dbf", ".shp", []), (".csv", null, ["code,name,x,y\n3502030102000777,路灯,118.1,24.5\n,\"a \"\"b\"\"\nc\",1e5,-\n", "标识码;名称;经度;纬度\r\n1;井盖;118,1;24,5\r\n"]),
        (".geojson", null, ["""{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"1","n":1.5,"l":[1,2]},"geometry":{"type":"Polygon","coordinates":[[[118,24],[119,24],[119,25],[118,24]]]}},{"type":"Feature","properties":null,"geometry":null}]}"""]),
        (".kml", null, ["""<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>灯</name><Point><coordinates>118,24,0</coordinates></Point></Placemark></Document></kml>"""]),
        (".gml", null, ["""<?xml version="1.0"?><c xmlns:gml="http://www.opengis.net/gml"><gml:featureMember><t fid="1"><g><gml:Point srsName="EPSG:4326"><gml:coordinates>118,24</gml:coordinates></gml:Point></g><n>1</n></t></gml:featureMember></c>"""]),
        (".kmz", null, []), (".xls", null, []), (".xlsx", null, []), (".gpkg", null, []), (".fgb", null, []), (".dxf", null, []), (".map", ".tab", []), (".tab", ".dat", []), (".mif", ".mid", []), (".sqlite", null, []), (".zip", null, []), (".gdb.zip", null, []),
    ];

    /// <summary>One target for each format of which there is a file here.</summary>
    public static IReadOnlyList<FuzzTarget> All => [.. Formats.Select(Of).OfType<FuzzTarget>()];

    /// <summary>Formats of which there is no file on this machine.</summary>
    public static IReadOnlyList<string> Missing => [.. Formats.Where(format => Of(format) is null).Select(format => format.Extension)];

    static FuzzTarget? Of((string Extension, string? Companion, string[] Own) format)
    {
        var (seeds, companions) = Seeds(format.Extension, format.Companion);
        seeds.AddRange(FuzzTargets.Utf8(format.Own));
        if (format.Extension == ".xlsx")
            seeds.Add(Workbook());
        if (format.Extension == ".sqlite")
            seeds.Add(SmallSqlite());
        return seeds.Count == 0 ? null : new("source" + format.Extension, seeds, FuzzTargets.Utf8("\0", "\"", "\n", "<", ">", "]]>", "1e999", "NaN", "-1", "{", "}", "PK"), input => Read(input, format.Extension, companions))
        {
            MostTime = TimeSpan.FromSeconds(20), MostBytes = 2 * MostSeedBytes,
        };
    }

    // The file alone in a folder with its companions. A crash of native code leaves the folder behind: the case is in it.
    static string Read(byte[] input, string extension, IReadOnlyList<(string Extension, byte[] Content)> companions)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"cityops-fuzz-{Environment.ProcessId}{extension}")).FullName;
        try
        {
            var path = Path.Combine(folder, "case" + extension);
            File.WriteAllBytes(path, input);
            foreach (var (other, content) in companions)
                File.WriteAllBytes(Path.Combine(folder, "case" + other), content);
            using var delivery = Delivery.Open(companions.Count > 0 ? folder : path, new() { MaxUnpackedBytes = MostUnpackedBytes });
            return string.Join(' ', delivery.Layers.Select(layer => Rows(delivery, layer)).Concat(delivery.Faults.Select(fault => fault.Code)).Distinct().Take(8));
        }
        catch (SourceException refused)
        {
            return refused.Fault.Code;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static string Rows(Delivery delivery, SourceLayer layer)
    {
        try
        {
            using var reader = delivery.OpenReader(layer);
            var rows = 0;
            foreach (var chunk in reader.Read(CancellationToken.None))
            {
                rows += chunk.Count;
                for (var row = 0; row < Math.Min(chunk.Count, 200); row++)
                    foreach (var column in chunk.Columns)
                        _ = column.Text(row);
            }
            return $"{layer.Geometry} {Math.Min(rows, 5)}";
        }
        catch (SourceException refused)
        {
            return refused.Fault.Code;
        }
    }

    static (List<byte[]> Seeds, IReadOnlyList<(string, byte[])> Companions) Seeds(string extension, string? companion)
    {
        var (seeds, companions) = (new List<byte[]>(), new List<(string, byte[])>());
        foreach (var archive in extension == ".gdb.zip" ? [] : Archives)
        {
            if (SharedData.Find("formats/" + archive) is not { } path)
                continue;
            using var zip = ZipFile.OpenRead(path);
            foreach (var entry in zip.Entries.Where(entry => entry.Name.EndsWith(extension, StringComparison.OrdinalIgnoreCase) && entry.Length is > 0 and <= MostSeedBytes && seeds.Count < MostSeeds))
            {
                seeds.Add(Content(entry));
                if (companions.Count == 0 && companion is not null)
                    companions.AddRange(zip.Entries.Where(other => other.Length <= 16 * MostSeedBytes && other != entry && Path.ChangeExtension(other.FullName, null) == Path.ChangeExtension(entry.FullName, null))
                        .Select(other => (Path.GetExtension(other.Name), Content(other))));
            }
        }
        if (extension == ".gdb.zip" && SharedData.Find("formats/gdb/TestGeom.gdb.zip") is { } database)
            seeds.Add(File.ReadAllBytes(database));
        return (seeds, companions);
    }

    // The least that ECMA-376 calls a workbook: a table of codes and places.
    static byte[] Workbook()
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Part(zip, "[Content_Types].xml", """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>""");
            Part(zip, "_rels/.rels", """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>""");
            Part(zip, "xl/_rels/workbook.xml.rels", """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>""");
            Part(zip, "xl/workbook.xml", """<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="表" sheetId="1" r:id="r1"/></sheets></workbook>""");
            Part(zip, "xl/worksheets/sheet1.xml", """<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>code</t></is></c><c r="B1" t="inlineStr"><is><t>x</t></is></c><c r="C1" t="inlineStr"><is><t>y</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>1</t></is></c><c r="B2"><v>118.1</v></c><c r="C2"><v>24.5</v></c></row></sheetData></worksheet>""");
        }
        return file.ToArray();
    }

    // Not packed, so that mutations reach the content.
    static void Part(ZipArchive zip, string name, string content)
    {
        using var part = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
        part.Write(FuzzTargets.Utf8(content)[0]);
    }

    // The real ones are megabytes of unused pages.
    static byte[] SmallSqlite()
    {
        var folder = Directory.CreateTempSubdirectory("cityops-fuzz-");
        try
        {
            var (from, to) = (Path.Combine(folder.FullName, "from.geojson"), Path.Combine(folder.FullName, "to.sqlite"));
            File.WriteAllText(from, Formats.First(format => format.Extension == ".geojson").Own[0]);
            using var conversion = Process.Start("ogr2ogr", ["-f", "SQLite", to, from]);
            conversion.WaitForExit();
            return File.ReadAllBytes(to);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static byte[] Content(ZipArchiveEntry entry)
    {
        using var content = new MemoryStream();
        using var stream = entry.Open();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
