using CityOps.Gis.Access;
using CityOps.Gis.PostGis.Detections;
using CityOps.Gis.Queries;
using CityOps.Gis.Web;
using CityOps.Gis.Web.Detections;
using Microsoft.Extensions.DependencyInjection;
using SkiaSharp;
using Xunit;

namespace CityOps.Gis.Tests.EndToEnd.Cameras;

/// <summary>The product over the city of <see cref="Streets"/> with cameras about its lonely cover, for people whom a cookie names.</summary>
public sealed class CameraMap() : HostedMap(Streets.Sql + """
    insert into gis.cameras (camera_id, name, status, direction, field_of_view, range_m, height_m, tilt, stream_address, geom)
    select id, name, state, direction, opening, range, 6, 14, stream, ST_SetSRID(ST_MakePoint(lon, lat), 4490)
    from (values ('CAM-1', '巡司顶枪机', 'online', 90, 60, 120, 'rtsp://video.example/1', 118.0749, 24.4655), ('CAM-2', '巡司顶球机', 'online', 180, 360, 90, 'rtsp://video.example/2', 118.0757, 24.4659),
        ('CAM-3', '海边枪机', 'offline', 0, 50, 60, null, 118.0765, 24.4650), ('CAM-4', '路口枪机', 'fault', 270, 70, 60, null, 118.0768, 24.4660)) camera(id, name, state, direction, opening, range, stream, lon, lat);
    """)
{
    const string Cookie = "test-person";
    TestStream? _stream;

    static readonly Dictionary<string, Caller> s_people = new[]
    {
        Of("林海", Role.GridManager, new() { Districts = ["350203"] }), Of("访客", Role.Viewer, null), Of("外区", Role.GridManager, new() { Districts = ["350299"] }), Of("管理员", Role.Administrator, null),
    }.ToDictionary(one => one.Id!);

    protected override GisWebOptions With(GisWebOptions options) => options with
    {
        Access = new() { Trusted = context => s_people.GetValueOrDefault(Uri.UnescapeDataString(context.Request.Cookies[Cookie] ?? "")) }, Streams = new() { Hosts = ["127.0.0.1"] },
    };

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_stream is not null)
            await _stream.DisposeAsync();
    }

    /// <summary>A browser of a person, at an address.</summary>
    public async Task<MapTab> As(string person, string address, string language = "zh-CN", int width = 1280)
    {
        var tab = await Blank(language, width);
        await tab.Page.Context.AddCookiesAsync([new() { Name = Cookie, Value = Uri.EscapeDataString(person), Url = Root }]);
        await tab.GoToPage(address);
        return tab;
    }

    /// <summary>Lets two cameras send what ffmpeg makes.</summary>
    public async Task Streams()
    {
        _stream ??= await TestStream.Start();
        await Database.Run($"update gis.cameras set stream_address = '{_stream.Address}' where camera_id in ('CAM-1', 'CAM-2')");
    }

    public Task<long> Fid(string camera) => Database.Value<long>($"select fid from gis.cameras where camera_id = '{camera}'");

    /// <summary>A recogniser sees something; the number of its scene.</summary>
    public async Task<long> Sees(string camera, string kind, double x, double minutesAgo = 5, double confidence = 0.87)
    {
        var intake = Services.GetRequiredService<DetectionIntake>();
        var sent = new SentDetection(camera, Guid.NewGuid().ToString(), kind, DateTimeOffset.UtcNow.AddMinutes(-minutesAgo), confidence, new(x, 0.5, 0.22, 0.3));
        var (outcome, refusal) = await intake.Take(sent, _ => Task.FromResult<ReadOnlyMemory<byte>?>(Picture(sent)), TestContext.Current.CancellationToken);
        Assert.Null(refusal);
        return outcome.Scene!.Value;
    }

    // A street with something on it.
    static byte[] Picture(SentDetection sent)
    {
        using var bitmap = new SKBitmap(960, 540);
        using var canvas = new SKCanvas(bitmap);
        using var paint = new SKPaint { IsAntialias = true };
        foreach (var (color, top, bottom) in new[] { (0xffa9c4d6u, 0, 190), (0xff8b8178u, 190, 300), (0xffb9b2a6u, 300, 380), (0xff56595du, 380, 540) })
        {
            paint.Color = new(color);
            canvas.DrawRect(new(0, top, 960, bottom), paint);
        }
        paint.Color = new(0xff9c2f2f);
        var box = sent.Box;
        canvas.DrawRoundRect(new((float)(box.X + 0.02) * 960, (float)(box.Y + 0.06) * 540, (float)(box.X + box.Width - 0.02) * 960, (float)(box.Y + box.Height - 0.04) * 540), 24, 24, paint);
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 90);
        return data.ToArray();
    }

    static Caller Of(string name, Role role, JurisdictionScope? scope) => new(name, name, role.Permissions, scope) { Roles = [role.Id] };
}
