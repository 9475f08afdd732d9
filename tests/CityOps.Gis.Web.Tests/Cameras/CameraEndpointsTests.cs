using System.Net;
using System.Text.Json;
using Xunit;

namespace CityOps.Gis.Tests.Web.Cameras;

/// <summary>Cameras over HTTP: what they see, who may watch, and that a stream is fetched from where it is and from nowhere else.</summary>
public sealed class CameraEndpointsTests(CameraServer server) : IClassFixture<CameraServer>
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_camera_tells_what_it_sees_and_a_place_which_cameras_see_it()
    {
        var sees = await server.Json("manager", $"/api/cameras/{await server.Fid("W1")}/sees");
        Assert.Equal(["components"], sees.GetProperty("layers").EnumerateArray().Select(one => one.GetProperty("layer").GetString()).Where(layer => layer != "cameras"));
        Assert.Equal(50.7, sees.GetProperty("layers").EnumerateArray().Single(one => one.GetProperty("layer").GetString() == "components").GetProperty("first")[0].GetProperty("meters").GetDouble(), 0.2);
        Assert.True(sees.GetProperty("sector").GetProperty("coordinates")[0].GetArrayLength() > 20);

        var seeing = await server.Json("manager", "/api/cameras/seeing?lon=118.0025&lat=24.402");
        Assert.Equal((1, "W1", 90), (seeing.GetProperty("count").GetInt32(), seeing.GetProperty("cameras")[0].GetProperty("cameraId").GetString(), (int)seeing.GetProperty("cameras")[0].GetProperty("bearing").GetDouble()));
        Assert.Equal(0, (await server.Json("stranger", "/api/cameras/seeing?lon=118.0025&lat=24.402")).GetProperty("count").GetInt32());
    }

    [Theory]
    [InlineData("manager", "/api/cameras/seeing?lon=118", HttpStatusCode.BadRequest)]
    [InlineData("manager", "/api/cameras/{W2}/sees", HttpStatusCode.Conflict)]
    [InlineData("manager", "/api/cameras/{E1}/sees", HttpStatusCode.NotFound)]
    [InlineData("manager", "/api/cameras/{E1}", HttpStatusCode.NotFound)]
    [InlineData("manager", "/api/cameras/{E1}/stream/", HttpStatusCode.NotFound)]
    [InlineData("manager", "/api/cameras/{W1}/snapshot", HttpStatusCode.NotFound)]
    [InlineData("viewer", "/api/cameras/{W1}/stream/", HttpStatusCode.Forbidden)]
    [InlineData("viewer", "/api/cameras/{W1}/snapshot", HttpStatusCode.Forbidden)]
    [InlineData("recogniser", "/api/cameras", HttpStatusCode.Forbidden)]
    [InlineData("nobody", "/api/cameras", HttpStatusCode.Unauthorized)]
    public async Task What_is_not_for_somebody_or_cannot_be_asked_is_refused(string person, string path, HttpStatusCode status)
    {
        foreach (var id in new[] { "W1", "W2", "E1" })
            path = path.Replace($"{{{id}}}", $"{await server.Fid(id)}", StringComparison.Ordinal);
        Assert.Equal(status, (await server.Send(person, HttpMethod.Get, path)).StatusCode);
    }

    [Fact]
    public async Task A_stream_comes_through_this_server_and_tells_nothing_of_where_it_comes_from()
    {
        var address = server.Gateway.Root.Replace("http://", "http://viewer:p%40ss@", StringComparison.Ordinal) + "/live/index.m3u8?token=secret";
        var list = await server.Part("manager", "W1", address);
        var (text, fid) = (await list.Content.ReadAsStringAsync(Cancel), await server.Fid("W1"));
        Assert.Equal("application/vnd.apple.mpegurl", list.Content.Headers.ContentType?.MediaType);
        Assert.Contains($"/api/cameras/{fid}/stream/seg-1.ts?n=1", text, StringComparison.Ordinal);

        var segment = await server.Send("manager", HttpMethod.Get, $"/api/cameras/{fid}/stream/seg-1.ts?n=1");
        Assert.Equal(("video/mp2t", "nosniff"), (segment.Content.Headers.ContentType?.MediaType, segment.Headers.GetValues("X-Content-Type-Options").Single()));
        Assert.Equal(["/live/index.m3u8?token=secret Basic dmlld2VyOnBAc3M=", "/live/seg-1.ts?n=1 Basic dmlld2VyOnBAc3M="], server.Gateway.Asked.Where(asked => asked.Contains("Basic", StringComparison.Ordinal)));
        var told = $"{text}{list.Headers}{segment.Headers}{await server.Json("manager", $"/api/cameras/{fid}")}";
        Assert.DoesNotContain("secret", told, StringComparison.Ordinal);
        Assert.DoesNotContain(new Uri(server.Gateway.Root).Authority, told, StringComparison.Ordinal);
        Assert.Equal(1, await server.Database.Value<long>($"select count(*) from cityops.audit_entry where kind = 'camera-watched' and fid = {fid} and who = 'manager'"));
    }

    [Theory]
    [InlineData("/live/moved.m3u8", "", HttpStatusCode.BadGateway)]
    [InlineData("/live/leads-out.m3u8", "", HttpStatusCode.BadGateway)]
    [InlineData("/live/huge.m3u8", "", HttpStatusCode.BadGateway)]
    [InlineData("/live/seg-1.ts", "", HttpStatusCode.BadGateway)]
    [InlineData("/live/index.m3u8", "huge.ts", HttpStatusCode.BadGateway)]
    [InlineData("/live/missing.m3u8", "", HttpStatusCode.BadGateway)]
    [InlineData("/live/silent.m3u8", "", HttpStatusCode.GatewayTimeout)]
    [InlineData("/live/index.m3u8", "..%2Fsecret%2Fseg-1.ts", HttpStatusCode.BadGateway)]
    [InlineData("/live/index.m3u8", "%2Fsecret%2Fseg-1.ts", HttpStatusCode.BadGateway)]
    [InlineData("/live/index.m3u8", "page.html", HttpStatusCode.NotFound)]
    public async Task A_gateway_that_leads_elsewhere_says_too_much_or_nothing_is_not_followed(string stream, string part, HttpStatusCode status)
    {
        var answer = await server.Part("manager", "W1", server.Gateway.Root + stream, part);
        Assert.Equal(status, answer.StatusCode);
        Assert.Contains("urn:cityops:", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.DoesNotContain(server.Gateway.Asked, asked => asked.StartsWith("/secret", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("rtsp://127.0.0.1/live", HttpStatusCode.Conflict)]
    [InlineData("file:///etc/passwd", HttpStatusCode.Conflict)]
    [InlineData("gopher://127.0.0.1/x.m3u8", HttpStatusCode.Conflict)]
    [InlineData("http://localhost/live/index.m3u8", HttpStatusCode.BadGateway)]
    [InlineData("http://[::1]/live/index.m3u8", HttpStatusCode.BadGateway)]
    public async Task Only_HTTP_of_the_named_hosts_is_fetched(string address, HttpStatusCode status)
        => Assert.Equal(status, (await server.Part("manager", "W1", address)).StatusCode);

    [Fact]
    public async Task The_last_picture_of_a_camera_is_for_those_who_may_watch_it()
    {
        var fid = await server.Fid("W2");
        using var form = new MultipartFormDataContent { { new StringContent("W2"), "camera" }, { new StringContent(DateTimeOffset.UtcNow.ToString("O")), "at" }, { new ByteArrayContent(CameraServer.Picture()), "picture", "frame.jpg" } };
        Assert.Equal(HttpStatusCode.NoContent, (await server.Send("recogniser", HttpMethod.Post, "/api/cameras/snapshots", form)).StatusCode);

        var picture = await server.Send("manager", HttpMethod.Get, $"/api/cameras/{fid}/snapshot?small=true");
        Assert.Equal("image/jpeg", picture.Content.Headers.ContentType?.MediaType);
        Assert.Equal(HttpStatusCode.NotFound, (await server.Send("stranger", HttpMethod.Get, $"/api/cameras/{fid}/snapshot")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await server.Send("viewer", HttpMethod.Get, $"/api/cameras/{fid}/snapshot")).StatusCode);
        Assert.NotEqual(JsonValueKind.Null, (await server.Json("manager", $"/api/cameras/{fid}")).GetProperty("snapshot").ValueKind);
    }
}
