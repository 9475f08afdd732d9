using CityOps.Gis.Cameras;
using CityOps.Gis.Crs;
using NetTopologySuite.Geometries;
using Xunit;

namespace CityOps.Gis.Tests.Cameras;

/// <summary>What a camera sees, held against distances and directions on the ellipsoid.</summary>
public sealed class CameraViewTests
{
    const double Longitude = 118.1, Latitude = 24.47;

    [Theory]
    [InlineData(0)]
    [InlineData(137)]
    [InlineData(301.5)]
    [InlineData(-20)]
    public void A_bearing_counts_from_true_north_and_a_distance_is_that_of_the_ellipsoid(double bearing)
    {
        var (longitude, latitude) = new LocalPlane(Longitude, Latitude).At(bearing, 150);

        Assert.Equal(150, Geodesic.Meters(Longitude, Latitude, longitude, latitude), 0.01);
        Assert.Equal(150 * Math.Cos(bearing * Math.PI / 180), Math.Sign(latitude - Latitude) * Geodesic.Meters(Longitude, Latitude, Longitude, latitude), 0.01);
    }

    [Theory]
    [InlineData(4547)]
    [InlineData(4548)]
    public void Another_zone_of_the_city_gives_the_same_place(int zone)
    {
        var (own, other) = (new LocalPlane(Longitude, Latitude).At(60, 400), new LocalPlane(Longitude, Latitude, CrsCatalog.Find(zone)).At(60, 400));

        Assert.Equal(0, Geodesic.Meters(own.Longitude, own.Latitude, other.Longitude, other.Latitude), 0.02);
    }

    [Theory]
    [InlineData(60, 22, true)]
    [InlineData(60, 18, true)]
    [InlineData(60, 51, false)]
    [InlineData(60, -11, false)]
    [InlineData(400, 200, true)]
    [InlineData(270, 150, true)]
    [InlineData(270, 185, false)]
    public void The_sector_holds_what_lies_within_opening_and_range(double opening, double bearing, bool isSeen)
    {
        var sector = new CameraView(Longitude, Latitude, 20, Math.Min(opening, 360), 120).Sector();

        Assert.True(sector.IsValid && sector.Shell.IsClosed);
        Assert.Equal(isSeen, sector.Contains(At(bearing, 100)));
        Assert.False(sector.Contains(At(bearing, 121)));
    }

    [Fact]
    public void An_opening_that_is_wider_than_half_a_circle_has_the_area_of_its_share()
    {
        var (half, whole) = (new CameraView(Longitude, Latitude, 200, 180, 500).Sector(), new CameraView(Longitude, Latitude, 200, 360, 500).Sector());

        Assert.Equal(0.5, half.Area / whole.Area, 0.001);
        Assert.Equal(Math.PI * 500 * 500, whole.Area * 110_780.9 * 101_340.6, 3_000.0);
    }

    static Point At(double bearing, double meters)
    {
        var (longitude, latitude) = new LocalPlane(Longitude, Latitude).At(bearing, meters);
        return new(longitude, latitude);
    }
}
