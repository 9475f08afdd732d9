using System.Globalization;
using CityOps.Gis.Crs;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace CityOps.Gis.Tests.Crs;

public sealed class CoordinateTransformTests
{
    const string Degrees = "+proj=longlat +ellps=GRS80";
    const double MillimeterInDegrees = 0.001 / 111_320;

    static string Proj(CrsDefinition zone)
        => string.Create(CultureInfo.InvariantCulture, $"+proj=tmerc +lat_0=0 +lon_0={zone.CentralMeridian} +k=1 +x_0={zone.FalseEasting} +y_0=0 +ellps=GRS80 +units=m");

    public static TheoryData<int> Zones => [.. Enumerable.Range(4491, 64)];

    [Theory, MemberData(nameof(Zones))]
    public void Every_cgcs2000_zone_agrees_with_proj_to_a_millimetre_both_ways(int epsg)
    {
        var zone = CrsCatalog.Find(epsg)!;
        var half = zone.ZoneWidth / 2.0;
        var degrees = (from east in Enumerable.Range(-4, 9) from lat in Enumerable.Range(1, 13) select (zone.CentralMeridian!.Value + east / 4.0 * half, lat * 4.25 - 0.7)).ToList();
        var expected = Cs2cs.Run(Degrees, Proj(zone), degrees);
        var back = Cs2cs.Run(Proj(zone), Degrees, expected);
        var (forward, inverse) = (CoordinateTransform.From4490(zone), CoordinateTransform.To4490(zone));
        for (var i = 0; i < degrees.Count; i++)
        {
            var (x, y) = forward.Apply(degrees[i].Item1, degrees[i].Item2);
            Assert.True(double.Hypot(x - expected[i].X, y - expected[i].Y) < 0.001, $"{degrees[i]} → {x}, {y}; PROJ {expected[i]}");
            var (lon, lat) = inverse.Apply(expected[i].X, expected[i].Y);
            Assert.True(double.Hypot(lon - back[i].X, lat - back[i].Y) < MillimeterInDegrees, $"{expected[i]} → {lon}, {lat}; PROJ {back[i]}");
        }
    }

    [Theory]
    [InlineData(118.09, 24.48, 2708889.84, 610498.59)]
    [InlineData(117.88, 24.39, 2698768.58, 589271.98)]
    [InlineData(118.25, 24.61, 2723428.99, 626589.62)]
    [InlineData(118.43, 24.91, 2756844.15, 644473.35)]
    public void Xiamen_in_4548_is_where_the_standards_notes_put_it(double lon, double lat, double north, double east)
    {
        var (x, y) = CoordinateTransform.From4490(CrsCatalog.Find(4548)!).Apply(lon, lat);
        Assert.Equal((Math.Round(east, 2), Math.Round(north, 2)), (Math.Round(x, 2), Math.Round(y, 2)));
    }

    public static TheoryData<string, string, double, double> Foreign => new()
    {
        { NadWkt("Lambert_Conformal_Conic", "\"standard_parallel_1\",35.46666666666667", "\"standard_parallel_2\",34.03333333333333", "\"latitude_of_origin\",33.5", "\"central_meridian\",-118", "\"false_easting\",6561666.667", "\"false_northing\",1640416.667").Replace("Meter\",1", "Foot_US\",0.30480060960121924", StringComparison.Ordinal),
            "+proj=lcc +lat_1=35.46666666666667 +lat_2=34.03333333333333 +lat_0=33.5 +lon_0=-118 +x_0=2000000.0001016 +y_0=500000.0001016 +ellps=GRS80 +units=us-ft", -118.04, 34.13 },
        { NadWkt("Albers", "\"standard_parallel_1\",20.0", "\"standard_parallel_2\",60.0", "\"latitude_of_origin\",40.0", "\"central_meridian\",-96.0", "\"false_easting\",0.0", "\"false_northing\",0.0"),
            "+proj=aea +lat_1=20 +lat_2=60 +lat_0=40 +lon_0=-96 +x_0=0 +y_0=0 +ellps=GRS80", -118.1, 33.9 },
        { NadWkt("Transverse_Mercator", "\"false_easting\",500000.0", "\"false_northing\",0.0", "\"central_meridian\",-75.0", "\"scale_factor\",0.9996", "\"latitude_of_origin\",0.0"),
            "+proj=utm +zone=18 +ellps=GRS80", -74.1, 40.7 },
        { NadWkt("Mercator", "\"central_meridian\",0", "\"false_easting\",0", "\"false_northing\",0", "\"standard_parallel_1\",35"),
            "+proj=merc +lat_ts=35 +lon_0=0 +ellps=GRS80", 116.4, 39.9 },
        { "EPSG:3857", "+proj=webmerc +ellps=WGS84", 118.09, 24.48 },
        { "+proj=tmerc +lat_0=0 +lon_0=118.5 +k=1 +x_0=500000 +y_0=0 +ellps=GRS80 +units=m +no_defs", "+proj=tmerc +lat_0=0 +lon_0=118.5 +k=1 +x_0=500000 +y_0=0 +ellps=GRS80", 118.1, 24.5 },
        { "EPSG:32650", "+proj=utm +zone=50 +ellps=WGS84", 118.1, 24.5 },
    };

    static string NadWkt(string projection, params string[] parameters)
        => "PROJCS[\"x\",GEOGCS[\"GCS_North_American_1983\",DATUM[\"D_North_American_1983\",SPHEROID[\"GRS_1980\",6378137,298.257222101]],PRIMEM[\"Greenwich\",0],"
            + $"UNIT[\"Degree\",0.017453292519943295]],PROJECTION[\"{projection}\"],{string.Join(",", parameters.Select(one => $"PARAMETER[{one}]"))},UNIT[\"Meter\",1]]";

    [Theory, MemberData(nameof(Foreign))]
    public void Other_projections_agree_with_proj_to_a_millimetre(string text, string proj, double lon, double lat)
    {
        var planes = Cs2cs.Run(proj.Contains("WGS84", StringComparison.Ordinal) ? "+proj=longlat +ellps=WGS84" : Degrees, proj, [(lon, lat), (lon + 0.21, lat - 0.13)]);
        var parse = CrsCatalog.Parse(text);
        Assert.Null(parse.Reason);
        var transform = CoordinateTransform.To4490(parse.Crs!);
        Assert.All(planes.Zip([(lon, lat), (lon + 0.21, lat - 0.13)]), pair =>
        {
            var found = transform.Apply(pair.First.X, pair.First.Y);
            Assert.True(double.Hypot(found.Lon - pair.Second.Item1, found.Lat - pair.Second.Item2) < MillimeterInDegrees, $"{found}, PROJ {pair.Second}");
        });
    }

    [Fact]
    public void Seven_parameters_agree_with_proj()
    {
        (double, double)[] points = [(610_498.59, 2_708_889.84), (420_000, 4_400_000)];
        var expected = Cs2cs.Run(
            "+proj=tmerc +lon_0=117 +x_0=500000 +ellps=krass +towgs84=15.8,-154.4,-82.3,0.31,-0.42,0.55,1.7", "+proj=longlat +ellps=GRS80 +towgs84=0,0,0", points);
        var transform = CoordinateTransform.To4490(CrsCatalog.Find(2436)!, DatumShift.Space(15.8, -154.4, -82.3, 0.31, -0.42, 0.55, 1.7));
        Assert.All(points.Zip(expected), pair =>
        {
            var found = transform.Apply(pair.First.Item1, pair.First.Item2);
            Assert.True(double.Hypot(found.Lon - pair.Second.X, found.Lat - pair.Second.Y) < MillimeterInDegrees, $"{found}, PROJ {pair.Second}");
        });
    }

    [Fact]
    public void Four_parameters_move_the_plane_and_drop_the_zone_prefix()
    {
        var target = CrsCatalog.Find(4548)!;
        var shift = DatumShift.Plane(118.25, -3.5, 1.5, 4, target);
        var angle = 1.5 / 3600 * Math.PI / 180;
        var (east, north) = (610_000.0, 2_708_000.0);
        var expected = CoordinateTransform.To4490(target).Apply(
            118.25 + 1.000004 * (east * Math.Cos(angle) - north * Math.Sin(angle)), -3.5 + 1.000004 * (east * Math.Sin(angle) + north * Math.Cos(angle)));
        Assert.Equal(expected, CoordinateTransform.To4490(CrsCatalog.Find(2384)!, shift).Apply(east, north));
        Assert.Equal(expected, CoordinateTransform.To4490(CrsCatalog.Find(2363)!, shift).Apply(39e6 + east, north));
    }

    [Theory]
    [InlineData("EPSG:2384", "Xian 1980")]
    [InlineData("EPSG:4214", "Beijing 1954")]
    [InlineData("EPSG:21480", "Beijing 1954")]
    [InlineData("Xiamen 92", "Xiamen 92")]
    public void A_datum_without_public_parameters_is_refused_by_name(string text, string name)
    {
        var crs = CrsCatalog.Parse(text).Crs!;
        Assert.Contains(name, Assert.Throws<CrsRefusedException>(() => CoordinateTransform.To4490(crs)).Reason.En);
    }

    [Fact]
    public void Arrays_are_transformed_exactly_as_single_points_are()
    {
        var transform = CoordinateTransform.To4490(CrsCatalog.Find(4548)!);
        var x = Enumerable.Range(0, 10_007).Select(i => 580_000 + i * 7.0).ToArray();
        var y = Enumerable.Range(0, 10_007).Select(i => 2_690_000 + i * 7.0).ToArray();
        var singly = x.Zip(y, (east, north) => transform.Apply(east, north)).ToArray();

        transform.Apply(x, y);

        Assert.Equal(singly, x.Zip(y));
    }

    [Property(MaxTest = 300)]
    public Property There_and_back_is_the_same_point()
        => Prop.ForAll(Gen.Choose(4491, 4554).ToArbitrary(), Gen.Choose(-1500, 1500).ToArbitrary(), Gen.Choose(3000, 53000).ToArbitrary(), (epsg, east, lat) =>
        {
            var zone = CrsCatalog.Find(epsg)!;
            var (lon, latitude) = (zone.CentralMeridian!.Value + east / 1000.0, lat / 1000.0);
            var (x, y) = CoordinateTransform.From4490(zone).Apply(lon, latitude);
            var (backLon, backLat) = CoordinateTransform.To4490(zone).Apply(x, y);
            return Math.Abs(backLon - lon) < 1e-9 && Math.Abs(backLat - latitude) < 1e-9;
        });
}
