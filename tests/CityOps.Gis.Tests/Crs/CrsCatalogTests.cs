using CityOps.Gis.Crs;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace CityOps.Gis.Tests.Crs;

public sealed class CrsCatalogTests
{
    const string Cgcs = "GEOGCS[\"GCS_China_Geodetic_Coordinate_System_2000\",DATUM[\"D_China_2000\",SPHEROID[\"CGCS2000\",6378137.0,298.257222101]],PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]]";

    static string Esri(string name, double meridian, double falseEasting, string projection = "Gauss_Kruger")
        => $"PROJCS[\"{name}\",{Cgcs},PROJECTION[\"{projection}\"],PARAMETER[\"False_Easting\",{falseEasting}],PARAMETER[\"False_Northing\",0.0],"
            + $"PARAMETER[\"Central_Meridian\",{meridian}],PARAMETER[\"Scale_Factor\",1.0],PARAMETER[\"Latitude_Of_Origin\",0.0],UNIT[\"Meter\",1.0]]";

    public static TheoryData<string, int> Known => new()
    {
        { "EPSG:4548", 4548 }, { "epsg:4527", 4527 }, { "4490", 4490 }, { "urn:ogc:def:crs:EPSG::4548", 4548 }, { "urn:ogc:def:crs:OGC:1.3:CRS84", 4326 },
        { "http://www.opengis.net/def/crs/EPSG/0/4490", 4490 },
        { "http://www.opengis.net/def/crs/OGC/1.3/CRS84", 4326 },
        { Esri("CGCS2000_3_Degree_GK_CM_117E", 117, 500_000), 4548 },
        { Esri("CGCS2000_3_Degree_GK_Zone_39", 117, 39_500_000), 4527 },
        { Esri("CGCS2000_GK_CM_117E", 117, 500_000), 4509 },
        { Esri("CGCS2000_GK_Zone_20", 117, 20_500_000), 4498 },
        { Esri("unknown", 120, 500_000, "Transverse_Mercator"), 4549 },
        { Cgcs, 4490 },
        { "\uFEFF" + Cgcs + "\n", 4490 },
        { "+proj=longlat +datum=WGS84 +no_defs", 4326 },
        { "+proj=utm +zone=50 +datum=WGS84 +units=m", 32650 },
        { "GEOGCS[\"GCS_Krasovsky_1940\",DATUM[\"D_Krasovsky_1940\",SPHEROID[\"Krasovsky_1940\",6378245.0,298.3]],PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]]", 4214 },
        { "PROJCS[\"WGS 84 / Pseudo-Mercator\",GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS 84\",6378137,298.257223563]],PRIMEM[\"Greenwich\",0],UNIT[\"degree\",0.0174532925199433]],PROJECTION[\"Mercator_1SP\"],PARAMETER[\"central_meridian\",0],PARAMETER[\"scale_factor\",1],PARAMETER[\"false_easting\",0],PARAMETER[\"false_northing\",0],UNIT[\"metre\",1],EXTENSION[\"PROJ4\",\"+proj=merc +a=6378137 +b=6378137 +nadgrids=@null\"],AUTHORITY[\"EPSG\",\"3857\"]]", 3857 },
        { "PROJCS[\"WGS_1984_Web_Mercator_Auxiliary_Sphere\",GEOGCS[\"GCS_WGS_1984\",DATUM[\"D_WGS_1984\",SPHEROID[\"WGS_1984\",6378137.0,298.257223563]],PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]],PROJECTION[\"Mercator_Auxiliary_Sphere\"],PARAMETER[\"False_Easting\",0.0],PARAMETER[\"False_Northing\",0.0],PARAMETER[\"Central_Meridian\",0.0],PARAMETER[\"Standard_Parallel_1\",0.0],PARAMETER[\"Auxiliary_Sphere_Type\",0.0],UNIT[\"Meter\",1.0]]", 3857 },
        { "PROJCRS[\"CGCS2000 / 3-degree Gauss-Kruger CM 117E\",BASEGEOGCRS[\"China Geodetic Coordinate System 2000\",DATUM[\"China 2000\",ELLIPSOID[\"CGCS2000\",6378137,298.257222101,LENGTHUNIT[\"metre\",1]]],PRIMEM[\"Greenwich\",0,ANGLEUNIT[\"degree\",0.0174532925199433]],ID[\"EPSG\",4490]],CONVERSION[\"3-degree Gauss-Kruger CM 117E\",METHOD[\"Transverse Mercator\",ID[\"EPSG\",9807]],PARAMETER[\"Latitude of natural origin\",0,ANGLEUNIT[\"degree\",0.0174532925199433],ID[\"EPSG\",8801]],PARAMETER[\"Longitude of natural origin\",117,ANGLEUNIT[\"degree\",0.0174532925199433]],PARAMETER[\"Scale factor at natural origin\",1,SCALEUNIT[\"unity\",1]],PARAMETER[\"False easting\",500000,LENGTHUNIT[\"metre\",1]],PARAMETER[\"False northing\",0,LENGTHUNIT[\"metre\",1]]],CS[Cartesian,2],AXIS[\"northing (X)\",north,ORDER[1],LENGTHUNIT[\"metre\",1]],AXIS[\"easting (Y)\",east,ORDER[2],LENGTHUNIT[\"metre\",1]],ID[\"EPSG\",4548]]", 4548 },
    };

    [Theory, MemberData(nameof(Known))]
    public void A_text_finds_its_catalogue_entry(string text, int epsg)
    {
        var parse = CrsCatalog.Parse(text);
        Assert.Equal(epsg, parse.Crs?.Epsg);
        Assert.Null(parse.Reason);
    }

    [Theory]
    [InlineData("hello"), InlineData(""), InlineData("GEOGCS["), InlineData("PROJCS[\"x\"]"), InlineData("EPSG:2229x"), InlineData("ESRI:102008"), InlineData("+proj"), InlineData("+a=b =c + ++")]
    [InlineData("GEOGCS[\"a\",DATUM[\"b\",SPHEROID[\"c\",1e400,x]]]"), InlineData("EPSG:99999")]
    public void Nonsense_is_answered_with_a_sentence(string text)
    {
        var parse = CrsCatalog.Parse(text);
        Assert.Null(parse.Crs);
        Assert.EndsWith(".", parse.Reason!.En);
        Assert.EndsWith("。", parse.Reason.Zh);
    }

    [Fact]
    public void Every_entry_survives_its_own_wkt()
        => Assert.All(CrsCatalog.All, one =>
        {
            var again = CrsCatalog.Parse(one.ToWkt()).Crs!;
            Assert.Equal((one.Datum, one.CentralMeridian, one.FalseEasting, one.IsGeographic), (again.Datum, again.CentralMeridian, again.FalseEasting, again.IsGeographic));
        });

    [Theory]
    [InlineData(4513, 25, 75), InlineData(4533, 45, 135), InlineData(4534, 25, 75), InlineData(4554, 45, 135), InlineData(4491, 13, 75), InlineData(4501, 23, 135)]
    [InlineData(2363, 39, 117), InlineData(2384, 39, 117), InlineData(2334, 20, 117), InlineData(2345, 20, 117), InlineData(2415, 39, 117), InlineData(2436, 39, 117), InlineData(21420, 20, 117), InlineData(21480, 20, 117)]
    public void A_code_stands_for_its_zone(int epsg, int zone, double meridian)
        => Assert.Equal((zone, meridian), (CrsCatalog.Find(epsg)!.Zone!.Value, CrsCatalog.Find(epsg)!.CentralMeridian!.Value));

    [Fact]
    public void Text_after_the_closing_bracket_is_passed_over_and_noted()
    {
        var parse = CrsCatalog.Parse("GEOGCS[\"GCS_WGS_1984\",DATUM[\"D_WGS_1984\",SPHEROID[\"WGS_1984\",6378137,298.257223562997]],PRIMEM[\"\",0],UNIT[\"\",0.0174532925]], PROJECTION[\"WGS84\"],PARAMETER[\"Scale_Factor\",1],UNIT[\"\",1]");
        Assert.Equal(4326, parse.Crs?.Epsg);
        Assert.Single(parse.Notes);
    }

    [Fact]
    public void A_code_that_contradicts_its_parameters_gives_way_to_them()
    {
        var parse = CrsCatalog.Parse(Esri("CGCS2000_3_Degree_GK_CM_120E", 120, 500_000).Replace("UNIT[\"Meter\",1.0]]", "UNIT[\"Meter\",1.0],AUTHORITY[\"EPSG\",\"4548\"]]", StringComparison.Ordinal));
        Assert.Equal(4549, parse.Crs?.Epsg);
        Assert.Contains("4548", Assert.Single(parse.Notes).En);
    }

    [Theory]
    [InlineData("D_North_American_1927"), InlineData("D_European_1950"), InlineData("D_Deutsches_Hauptdreiecksnetz")]
    public void Another_datum_is_refused_unless_its_parameters_came_along(string datum)
    {
        var wkt = $"GEOGCS[\"x\",DATUM[\"{datum}\",SPHEROID[\"e\",6378388.0,297.0]],PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]]";
        Assert.Contains(datum, CoordinateTransform.Refusal(CrsCatalog.Parse(wkt).Crs!)!.En);
        var with = CrsCatalog.Parse(wkt.Replace("297.0]]", "297.0],TOWGS84[-87,-98,-121,0,0,0,0]]", StringComparison.Ordinal)).Crs!;
        Assert.InRange(CoordinateTransform.To4490(with).Apply(10, 50).Lon, 9.9985, 9.9995);
    }

    [Property(MaxTest = 2000)]
    public Property A_damaged_text_is_understood_or_refused_but_never_breaks()
        => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var rows = Known.Select(row => row.Data.Item1).ToList();
            var text = rows[random.Next(rows.Count)];
            for (var times = random.Next(1, 4); times > 0 && text.Length > 2; times--)
            {
                var (at, length) = (random.Next(text.Length), random.Next(1, 60));
                text = text[..at] + (random.Next(3) == 0 ? "" : "9e,]\"["[random.Next(6)]) + text[Math.Min(text.Length, at + length)..];
            }
            var parse = CrsCatalog.Parse(text);
            Assert.True(parse.Crs is null != parse.Reason is null, text);
            if (parse.Crs is { } crs && CoordinateTransform.Refusal(crs) is null)
                CoordinateTransform.To4490(crs).Apply(600_000, 2_700_000);
            CrsDetector.Detect(text, [610_000, 611_000], [2_700_000, 2_701_000], null);
        });

    [Theory]
    [InlineData("PARAMETER[\"Central_Meridian\",117],", "", "central_meridian")]
    [InlineData("\"Central_Meridian\",117", "\"Central_Meridian\",39000", "central_meridian")]
    [InlineData("UNIT[\"Meter\",1.0]", "UNIT[\"Meter\",0]", "UNIT")]
    public void A_parameter_missing_or_impossible_is_named(string part, string instead, string name)
    {
        var wkt = Esri("CGCS2000_3_Degree_GK_CM_117E", 117, 500_000).Replace(part, instead, StringComparison.Ordinal);
        Assert.Contains(name, CoordinateTransform.Refusal(CrsCatalog.Parse(wkt).Crs!)!.En);
    }

    [Fact]
    public void Another_prime_meridian_is_counted_from_greenwich()
    {
        var crs = CrsCatalog.Parse(Cgcs.Replace("\"Greenwich\",0.0", "\"Paris\",2.33722917", StringComparison.Ordinal)).Crs!;
        Assert.Equal((12.33722917, 50), CoordinateTransform.To4490(crs).Apply(10, 50));
        Assert.Equal(10, CoordinateTransform.From4490(crs).Apply(12.33722917, 50).Lon, 1e-12);
    }

    [Fact]
    public void A_projection_that_was_never_checked_is_refused()
    {
        var crs = CrsCatalog.Parse(Esri("World_Robinson", 0, 0, "Robinson")).Crs!;
        Assert.Contains("robinson", CoordinateTransform.Refusal(crs)!.En);
    }
}
