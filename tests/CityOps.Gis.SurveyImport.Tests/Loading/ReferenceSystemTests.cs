using System.Globalization;
using CityOps.Gis.Crs;
using CityOps.Gis.SurveyImport.Loading;
using CityOps.Gis.Testing;
using Xunit;

namespace CityOps.Gis.Tests.SurveyImport.Loading;

/// <summary>From the numbers in a file to the position in the layer: within a centimetre of the truth, which PROJ computes in the database; or a question.</summary>
public sealed class ReferenceSystemTests(PostGisDatabase database) : SmallCityTests(database)
{
    const string Zone117 = """
        PROJCS["CGCS2000_3_Degree_GK_CM_117E",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",117.0],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]
        """;
    const string Wgs84 = """GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]""";
    static readonly string Xian80 = Zone117.Replace("CGCS2000_3_Degree", "Xian_1980_3_Degree", StringComparison.Ordinal).Replace("GCS_China_Geodetic_Coordinate_System_2000", "GCS_Xian_1980", StringComparison.Ordinal)
        .Replace("""D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]""", """D_Xian_1980",SPHEROID["Xian_1980",6378140.0,298.257]""", StringComparison.Ordinal);

    readonly SmallSurvey.Lamp[] _lamps = SmallSurvey.Lamps(60);

    [Theory]
    [InlineData("no prj, degrees", 4490, null)]
    [InlineData("no prj, zone without prefix", 4548, null)]
    [InlineData("no prj, zone with prefix", 4527, null)]
    [InlineData("no prj, six-degree zone with prefix", 4498, null)]
    [InlineData("no prj, web mercator", 3857, null)]
    [InlineData("prj and numbers agree", 4548, Zone117)]
    [InlineData("prj has no prefix, numbers have one", 4527, Zone117)]
    [InlineData("prj says degrees, numbers are metres", 4548, Wgs84)]
    [InlineData("prj says metres, numbers are degrees", 4490, Zone117)]
    public async Task Positions_are_right_to_a_centimetre(string what, int srid, string? prj)
        => await Check(await InSystem(srid), prj, what);

    [Theory]
    [InlineData(4548, null)]
    [InlineData(4548, Zone117)]
    [InlineData(4527, null)]
    [InlineData(4490, null)]
    [InlineData(4490, Wgs84)]
    public async Task Swapped_axes_are_put_right(int srid, string? prj)
        => await Check([.. (await InSystem(srid)).Select(lamp => lamp with { X = lamp.Y, Y = lamp.X })], prj, "swapped");

    [Fact]
    public async Task Xian_1980_is_refused_without_parameters_and_imported_with_four()
    {
        const double dx = 116.5, dy = -4.25, seconds = 1.5, ppm = -2.75;
        var (angle, scale) = (seconds / 3600 * Math.PI / 180, 1 + ppm * 1e-6);
        // The inverse of E' = dx + (1+m)(E cos r − N sin r), N' = dy + (1+m)(E sin r + N cos r).
        var old = (await InSystem(4548)).Select(lamp =>
        {
            var (east, north) = ((lamp.X - dx) / scale, (lamp.Y - dy) / scale);
            return lamp with { X = east * Math.Cos(angle) + north * Math.Sin(angle), Y = north * Math.Cos(angle) - east * Math.Sin(angle) };
        }).ToArray();
        var file = SmallSurvey.Write(Folder.File("西安80"), old, prj: Xian80);

        var asked = await Database.Import(file);
        Assert.Equal(ImportOutcome.Asked, asked.Outcome);
        Assert.Contains("--shift", Assert.Single(asked.Reasons).En, StringComparison.Ordinal);
        Assert.Null(asked.Batch);
        await Database.Publish(file, new() { LayerId = "components", DatumShift = string.Create(CultureInfo.InvariantCulture, $"plane:{dx},{dy},{seconds},{ppm}@EPSG:4548") });

        await AssertPlaced(0.01);
    }

    [Fact]
    public async Task Xian_1980_is_imported_with_seven_parameters()
    {
        // PROJ does the same with its own position-vector transformation; height 0 on both sides.
        const string proj = "+proj=longlat +a=6378140 +rf=298.257 +towgs84=24.65,-67.44,-18.31,0.318,-0.562,0.417,2.75 +no_defs";
        var old = await Transformed($"ST_Transform(ST_SetSRID(ST_MakePoint(x, y), 4326), '{proj}')");

        await Database.Publish(SmallSurvey.Write(Folder.File("xian"), old, prj: Xian80.Split("GEOGCS")[1].Split(",PROJECTION")[0].Insert(0, "GEOGCS")),
            new() { LayerId = "components", DatumShift = "space:24.65,-67.44,-18.31,0.318,-0.562,0.417,2.75" });

        await AssertPlaced(0.01);
    }

    [Theory]
    [InlineData("gcj02")]
    [InlineData("bd09")]
    public async Task A_delivery_shifted_as_web_maps_are_is_asked_about_and_brought_back(string offset)
    {
        await Database.Publish(SmallSurvey.Write(Folder.File("true"), _lamps));
        var file = SmallSurvey.Write(Folder.File("shifted"), _lamps.Select(lamp =>
        {
            var (x, y) = offset == "gcj02" ? Gcj02.FromWgs84(lamp.X, lamp.Y) : Bd09.FromWgs84(lamp.X, lamp.Y);
            return lamp with { X = x, Y = y };
        }));

        var asked = await Database.Import(file);
        Assert.Equal(ImportOutcome.Asked, asked.Outcome);
        Assert.Contains("--offset " + offset, Assert.Single(asked.Reasons).Zh, StringComparison.Ordinal);
        await AssertPlaced(0.0001);
        await Database.Publish(file, new() { LayerId = "components", WebMapOffset = offset });

        await AssertPlaced(0.5);
    }

    async Task Check(SmallSurvey.Lamp[] delivered, string? prj, string what)
    {
        var result = await Database.Import(SmallSurvey.Write(Folder.File("lamps"), delivered, prj: prj));

        Assert.True(result.Outcome == ImportOutcome.Published, $"{what}: {result.Outcome} {string.Join(' ', result.Reasons.Select(one => one.En))}");
        Assert.NotEmpty(Assert.Single(result.Layers).Crs!.Evidence);
        await AssertPlaced(0.01);
    }

    Task<SmallSurvey.Lamp[]> InSystem(int srid) => Transformed($"ST_Transform(ST_SetSRID(ST_MakePoint(x, y), 4490), {srid})");

    async Task<SmallSurvey.Lamp[]> Transformed(string sql)
    {
        var rows = await Database.Rows(string.Create(CultureInfo.InvariantCulture, $"""
            select ST_X(at), ST_Y(at) from (values {string.Join(", ", _lamps.Select((lamp, index) => string.Create(CultureInfo.InvariantCulture, $"({index}, {lamp.X:R}::float8, {lamp.Y:R}::float8)")))}) one(number, x, y),
            lateral (select {sql} as at) two order by number
            """));
        return [.. rows.Zip(_lamps, (row, lamp) => lamp with { X = Number(row.Split('|')[0]), Y = Number(row.Split('|')[1]) })];
    }

    async Task AssertPlaced(double meters)
    {
        var truth = _lamps.ToDictionary(lamp => lamp.Code);
        var stored = await Database.Rows("select code, ST_X(geom), ST_Y(geom) from gis.components");
        Assert.Equal(_lamps.Length, stored.Count);
        Assert.All(stored.Select(row => row.Split('|')), row =>
        {
            var lamp = truth[row[0]];
            var (east, north) = ((Number(row[1]) - lamp.X) * 111_320 * Math.Cos(lamp.Y * Math.PI / 180), (Number(row[2]) - lamp.Y) * 110_770);
            Assert.InRange(double.Hypot(east, north), 0, meters);
        });
    }

    static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
