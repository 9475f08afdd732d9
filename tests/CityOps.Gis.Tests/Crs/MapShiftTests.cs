using CityOps.Gis.Crs;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace CityOps.Gis.Tests.Crs;

public sealed class MapShiftTests
{
    /// <summary>Longitude and latitude in WGS 84, GCJ-02 and BD-09 as npm gcoord 1.0.7 gives them.</summary>
    public static TheoryData<double[]> Gcoord =>
    [
        new([118.09, 24.48, 118.09497706096538, 24.477353425954906, 118.1014223689355, 24.48360368319539]),
        new([117.88, 24.39, 117.88467198775403, 24.387010730872408, 117.89124216998583, 24.392768993307797]),
        new([118.43, 24.91, 118.4348602774471, 24.907349187862945, 118.44128089760193, 24.913690158601145]),
        new([116.404, 39.915, 116.41024449916938, 39.91640428150164, 116.41662724378733, 39.922699552216216]),
        new([87.6, 43.8, 87.60283897227161, 43.80121203029208, 87.60921015182171, 43.80747250765041]),
        new([121.4737, 31.2304, 121.47822305927693, 31.22845773757727, 121.484781468503, 31.234310593689997]),
        new([103, 18.2, 103.0014522148443, 18.19832954815926, 103.00796689403256, 18.20415231385693]),
        new([-71.1, 42.37, -71.1, 42.37, -71.09338148001319, 42.37621841900619]),
    ];

    [Theory, MemberData(nameof(Gcoord))]
    public void Both_shifts_agree_with_gcoord(double[] row)
    {
        Near((row[2], row[3]), Gcj02.FromWgs84(row[0], row[1]));
        Near((row[4], row[5]), Bd09.FromWgs84(row[0], row[1]));
        Near((row[0], row[1]), Gcj02.ToWgs84(row[2], row[3]));
        Near((row[0], row[1]), Bd09.ToWgs84(row[4], row[5]));
    }

    static void Near((double, double) expected, (double, double) found)
        => Assert.True(double.Hypot(expected.Item1 - found.Item1, expected.Item2 - found.Item2) < 1e-9, $"{found}, expected {expected}");

    [Property(MaxTest = 500)]
    public Property Taking_a_shift_out_undoes_putting_it_in()
        => Prop.ForAll(Gen.Choose(74_000, 135_000).ToArbitrary(), Gen.Choose(4_000, 53_000).ToArbitrary(), (lon, lat) =>
        {
            var (x, y) = (lon / 1000.0, lat / 1000.0);
            var (gcjLon, gcjLat) = Gcj02.FromWgs84(x, y);
            var gcj = Gcj02.ToWgs84(gcjLon, gcjLat);
            var (bdLon, bdLat) = Bd09.FromWgs84(x, y);
            var bd = Bd09.ToWgs84(bdLon, bdLat);
            return double.Hypot(gcj.Lon - x, gcj.Lat - y) < 1e-9 && double.Hypot(bd.Lon - x, bd.Lat - y) < 2e-9;
        });

    public static TheoryData<MapOffset> Offsets => [MapOffset.None, MapOffset.Gcj02, MapOffset.Bd09];

    [Theory, MemberData(nameof(Offsets))]
    public void A_web_maps_shift_is_told_from_pairs_of_the_same_key(MapOffset offset)
    {
        var random = new Random(20260724);
        var pairs = Enumerable.Range(0, 50).Select(_ =>
        {
            var (lon, lat) = (117.9 + random.NextDouble() * 0.5, 24.4 + random.NextDouble() * 0.5);
            var delivered = offset switch { MapOffset.Gcj02 => Gcj02.FromWgs84(lon, lat), MapOffset.Bd09 => Bd09.FromWgs84(lon, lat), _ => (lon, lat) };
            return (delivered, (lon + random.NextDouble() * 1e-5, lat));
        }).ToList();
        Assert.Equal(offset, OffsetDetector.Detect(pairs).Offset);
    }

    [Fact]
    public void A_plain_displacement_is_not_called_a_web_maps_shift()
        => Assert.Equal(MapOffset.None, OffsetDetector.Detect([((118.1, 24.5), (118.11, 24.5)), ((118.2, 24.5), (118.21, 24.5))]).Offset);
}
