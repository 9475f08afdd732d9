using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using CityOps.Gis.Crs;
using CityOps.Gis.Testing;
using Xunit;

namespace CityOps.Gis.Tests.Crs;

/// <summary>Files that nobody here wrote.</summary>
public sealed class RealDeliveryTests
{
    static readonly SurveyArea LosAngeles = new(-118.95, 33.3, -117.4, 34.85);

    [Fact]
    public void Trees_of_28_cities_in_four_reference_systems_land_in_los_angeles_county()
    {
        using var zip = ZipFile.OpenRead(SharedData.Need("components/la_trees_shapefiles_mostly_without_dbf.zip"));
        foreach (var prj in zip.Entries.Where(entry => entry.FullName.EndsWith(".prj", StringComparison.Ordinal)))
        {
            var (x, y) = Points(zip.GetEntry(prj.FullName[..^4] + ".shp")!);
            var finding = CrsDetector.Detect(Text(prj), x, y, LosAngeles);
            var odd = prj.FullName.Split('/')[^1] switch
            {
                "glendora.prj" => CrsCertainty.Detected, // says Albers, holds degrees
                "la-mirada.prj" => CrsCertainty.Unsure, // degrees that were once taken for Albers metres: all trees within metres of 96°W 40°N
                "simi-valley.prj" => CrsCertainty.Unsure, // says WGS 84, holds feet
                _ => CrsCertainty.Declared,
            };
            Assert.Equal((prj.FullName, odd, false), (prj.FullName, finding.Certainty, finding.SwapAxes));
            if (odd == CrsCertainty.Unsure)
                continue;
            CoordinateTransform.To4490(finding.Crs!).Apply(x, y);
            Assert.True(x.Zip(y).Count(one => one.First is > -119 and < -117 && one.Second is > 33 and < 35) >= 0.9 * x.Length, prj.FullName);
            var swapped = CrsDetector.Detect(null, y, x, LosAngeles);
            Assert.Equal((prj.FullName, CrsCertainty.Detected, true), (prj.FullName, swapped.Certainty, swapped.SwapAxes));
        }
    }

    [Fact]
    public void A_layer_collapsed_to_a_few_metres_is_noted()
    {
        using var zip = ZipFile.OpenRead(SharedData.Need("components/la_trees_shapefiles_mostly_without_dbf.zip"));
        var (x, y) = Points(zip.GetEntry("la-mirada/la-mirada.shp")!);
        var finding = CrsDetector.Detect(Text(zip.GetEntry("la-mirada/la-mirada.prj")!), x, y, LosAngeles);
        Assert.Contains(finding.Evidence, text => text.En.Contains("10 m", StringComparison.Ordinal));
    }

    [Fact]
    public void Xiamens_districts_without_prj_are_degrees()
    {
        using var zip = ZipFile.OpenRead(SharedData.Need("xiamen/厦门市_districts_amap_no_prj_no_cpg.zip"));
        using var stream = zip.Entries.Single(entry => entry.FullName.EndsWith(".shp", StringComparison.Ordinal)).Open();
        var header = new byte[100];
        stream.ReadExactly(header);
        double At(int offset) => BinaryPrimitives.ReadDoubleLittleEndian(header.AsSpan(offset));
        var finding = CrsDetector.Detect(null, [At(36), At(52)], [At(44), At(60)], null);
        Assert.Equal((CrsCertainty.Detected, (int?)4490, false), (finding.Certainty, finding.Crs?.Epsg, finding.SwapAxes));
    }

    [Fact]
    public void Every_prj_is_understood_or_answered_with_a_sentence()
    {
        foreach (var path in Directory.EnumerateFiles(SharedData.Need("."), "*.zip", SearchOption.AllDirectories))
        {
            using var zip = ZipFile.OpenRead(path);
            foreach (var prj in zip.Entries.Where(entry => entry.FullName.EndsWith(".prj", StringComparison.OrdinalIgnoreCase)))
            {
                var parse = CrsCatalog.Parse(Text(prj));
                Assert.True(parse.Crs is null != parse.Reason is null, prj.FullName);
                if (parse.Crs is { } crs && CoordinateTransform.Refusal(crs) is null)
                    Assert.True(double.IsFinite(CoordinateTransform.To4490(crs).Apply(crs.FalseEasting + 1, crs.FalseNorthing + 1).Lon), prj.FullName);
            }
        }
    }

    static string Text(ZipArchiveEntry entry)
    {
        using var reader = new StreamReader(entry.Open(), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary>Up to 300 points of a point shapefile.</summary>
    static (double[] X, double[] Y) Points(ZipArchiveEntry entry)
    {
        using var reader = new BinaryReader(entry.Open());
        reader.ReadBytes(100);
        var (x, y) = (new List<double>(), new List<double>());
        while (x.Count < 300 && reader.ReadBytes(8) is { Length: 8 } head)
        {
            var body = reader.ReadBytes(BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(4)) * 2);
            if (body.Length < 20 || body[0] == 0)
                continue;
            x.Add(BitConverter.ToDouble(body, 4));
            y.Add(BitConverter.ToDouble(body, 12));
        }
        return ([.. x], [.. y]);
    }
}
