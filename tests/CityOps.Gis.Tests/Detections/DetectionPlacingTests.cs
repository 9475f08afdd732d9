using CityOps.Gis.Cameras;
using CityOps.Gis.Crs;
using CityOps.Gis.Detections;
using Xunit;

namespace CityOps.Gis.Tests.Detections;

/// <summary>Where a box in a picture lies on the ground.</summary>
public sealed class DetectionPlacingTests
{
    const double Longitude = 118.1, Latitude = 24.47, Aspect = 9 / 16.0;
    static readonly CameraView s_view = new(Longitude, Latitude, 90, 60, 150);
    static readonly CameraMount s_mount = new(6, 15);

    [Fact]
    public void A_foot_in_the_middle_of_the_picture_lies_where_the_tilted_axis_meets_the_ground()
    {
        var place = Of(s_mount, new(0.4, 0.3, 0.2, 0.2));

        Assert.Equal(PlacingMethod.Tilt, place.Method);
        Assert.Equal(6 / Math.Tan(15 * Math.PI / 180), Meters(place), 0.05);
        Assert.True(place.Longitude > Longitude);
        Assert.Equal(Latitude, place.Latitude, 1e-7);
    }

    // A point on the ground is brought into the picture by a pinhole camera that is written otherwise: by the angles of its axes.
    [Theory]
    [InlineData(10, 0)]
    [InlineData(25, -12)]
    [InlineData(60, 20)]
    [InlineData(120, 28)]
    public void What_is_shown_of_a_point_on_the_ground_is_placed_at_that_point(double meters, double aside)
    {
        var (tilt, half) = (15 * Math.PI / 180, Math.Tan(30 * Math.PI / 180));
        var (right, ahead) = (meters * Math.Sin(aside * Math.PI / 180), meters * Math.Cos(aside * Math.PI / 180));
        var depth = ahead * Math.Cos(tilt) + 6 * Math.Sin(tilt);
        var (u, v) = (0.5 + right / depth / half / 2, 0.5 + (6 * Math.Cos(tilt) - ahead * Math.Sin(tilt)) / depth / (half * Aspect) / 2);
        var place = DetectionPlacing.Of(Longitude, Latitude, s_view, s_mount, new(u - 0.05, v - 0.1, 0.1, 0.1), Aspect);
        var (longitude, latitude) = new LocalPlane(Longitude, Latitude).At(90 + aside, meters);

        Assert.Equal(PlacingMethod.Tilt, place.Method);
        Assert.Equal(0, Geodesic.Meters(place.Longitude, place.Latitude, longitude, latitude), 0.05);
    }

    [Fact]
    public void What_stands_higher_in_the_picture_lies_farther_away_and_less_surely()
    {
        var places = new[] { 0.9, 0.7, 0.5, 0.35 }.Select(foot => Of(s_mount, new(0.4, foot - 0.1, 0.2, 0.1))).ToList();

        Assert.Equal(places.OrderBy(Meters), places);
        Assert.Equal(places.OrderBy(place => place.AccuracyMeters), places);
        Assert.All(places, place => Assert.InRange(place.AccuracyMeters, 2, 60));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Without_height_and_tilt_or_above_the_horizon_it_lies_halfway_out_with_half_the_range_of_doubt(bool isMounted)
    {
        var place = Of(isMounted ? s_mount : null, new(0.7, 0, 0.2, 0.02));

        Assert.Equal(PlacingMethod.Range, place.Method);
        Assert.Equal(75, Meters(place), 0.05);
        Assert.InRange(place.AccuracyMeters, 75, 80);
        Assert.True(place.Latitude < Latitude, "It is right of the middle of a picture to the east, so to the south.");
    }

    [Fact]
    public void A_camera_of_which_nothing_is_known_has_it_where_it_stands()
        => Assert.Equal(new(Longitude, Latitude, 100, PlacingMethod.Camera), DetectionPlacing.Of(Longitude, Latitude, null, s_mount, new(0.1, 0.1, 0.2, 0.2), Aspect));

    [Fact]
    public void A_lens_that_sees_all_around_spreads_its_picture_evenly()
    {
        var place = DetectionPlacing.Of(Longitude, Latitude, s_view with { Direction = 0, Opening = 360 }, null, new(0.74, 0.4, 0.02, 0.1), 1);

        Assert.True(place.Longitude > Longitude);
        Assert.Equal(Latitude, place.Latitude, 1e-6);
    }

    [Theory]
    [InlineData(0, 0, 1, 1, true)]
    [InlineData(0.5, 0.5, 0.5, 0.5, true)]
    [InlineData(0.6, 0.5, 0.5, 0.5, false)]
    [InlineData(-0.1, 0.5, 0.5, 0.5, false)]
    [InlineData(0.1, 0.5, 0, 0.5, false)]
    [InlineData(double.NaN, 0.5, 0.1, 0.5, false)]
    public void A_box_lies_in_its_picture(double x, double y, double width, double height, bool isWithin) => Assert.Equal(isWithin, new PictureBox(x, y, width, height).IsWithin);

    static DetectionPlace Of(CameraMount? mount, PictureBox box) => DetectionPlacing.Of(Longitude, Latitude, s_view, mount, box, Aspect);

    static double Meters(DetectionPlace place) => Geodesic.Meters(Longitude, Latitude, place.Longitude, place.Latitude);
}
