using CityOps.Gis.Tests.Web.Cameras;
using CityOps.Gis.Testing;
using CityOps.Gis.Web.Detections;
using SkiaSharp;
using Xunit;

namespace CityOps.Gis.Tests.Web.Detections;

/// <summary>What the demonstration has in its queue.</summary>
public sealed class DemoDetectionsTests(CameraServer server) : IClassFixture<CameraServer>
{
    public static TheoryData<string> Kinds => [.. PostGisDatabase.Catalog.Lists.Find("detection-kinds")!.Entries.Select(entry => entry.Code)];

    [Fact]
    public async Task The_cameras_that_look_somewhere_have_seen_something_once_however_often_the_demonstration_begins()
    {
        _ = server.Database.Source;
        Assert.Equal(2, await DemoDetections.Make(server.Services, TestContext.Current.CancellationToken));
        Assert.Equal(0, await DemoDetections.Make(server.Services, TestContext.Current.CancellationToken));
        Assert.Equal(2, await server.Database.Value<long>("select count(*) from gis.detections f join detections.picture p on p.scene = f.fid where p.which = 'surest' and f.status = 'waiting'"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Each_kind_is_drawn_within_its_box(string kind)
    {
        var (with, other) = (Picture(kind, 0.1), Picture(kind, 0.6));
        Assert.Equal((960, 540), (with.Width, with.Height));
        // The street is the same: only where one of the boxes is do the pictures differ, but for what JPEG blurs at its edges.
        var different = (from x in Enumerable.Range(0, 96) from y in Enumerable.Range(0, 54) where Far(with.GetPixel(x * 10, y * 10), other.GetPixel(x * 10, y * 10)) select (x, y)).ToList();
        Assert.NotEmpty(different);
        Assert.All(different, one => Assert.True(one.x is >= 8 and <= 32 or >= 56 and <= 80 && one.y is >= 26 and <= 43, $"{one}"));
    }

    static SKBitmap Picture(string kind, double x) => SKBitmap.Decode(DemoPicture.Draw(kind, new(x, 0.52, 0.2, 0.25), 3));

    static bool Far(SKColor one, SKColor other) => Math.Abs(one.Red - other.Red) + Math.Abs(one.Green - other.Green) + Math.Abs(one.Blue - other.Blue) > 90;
}
