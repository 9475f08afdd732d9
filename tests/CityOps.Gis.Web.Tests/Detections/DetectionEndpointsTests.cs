using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CityOps.Gis.Tests.Web.Cameras;
using SkiaSharp;
using Xunit;

namespace CityOps.Gis.Tests.Web.Detections;

/// <summary>Detections over HTTP: a recogniser sends and sees nothing, people see and decide within their scope.</summary>
public sealed class DetectionEndpointsTests(CameraServer server) : IClassFixture<CameraServer>
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public async Task A_detection_with_its_picture_is_placed_kept_once_and_shown(SKEncodedImageFormat format)
    {
        var message = new Dictionary<string, string> { ["id"] = $"form-{format}", ["kind"] = "bin-overflow", ["x"] = format switch { SKEncodedImageFormat.Jpeg => "0.05", SKEncodedImageFormat.Png => "0.4", _ => "0.75" } };
        var first = await Form(message, CameraServer.Picture(format));
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        var again = await Form(message, CameraServer.Picture(format));
        var (scene, repeated) = (await Said(first), await Said(again));
        Assert.Equal(("repeated", scene.GetProperty("scene").GetInt64()), (repeated.GetProperty("outcome").GetString(), repeated.GetProperty("scene").GetInt64()));

        var fid = scene.GetProperty("scene").GetInt64();
        var told = await server.Json("manager", $"/api/detections/{fid}");
        Assert.Equal(("waiting", "tilt", 1), (told.GetProperty("state").GetString(), await server.Database.Value<string>($"select placed_by from gis.detections where fid = {fid}"), told.GetProperty("times").GetInt32()));
        Assert.InRange(told.GetProperty("longitude").GetDouble(), 118.00205, 118.0032);
        var picture = await server.Send("manager", HttpMethod.Get, $"/api/detections/{fid}/picture");
        Assert.Equal("image/jpeg", picture.Content.Headers.ContentType?.MediaType);
        Assert.Equal([0xff, 0xd8], (await picture.Content.ReadAsByteArrayAsync(Cancel))[..2]);
    }

    [Fact]
    public async Task As_JSON_with_the_picture_in_Base64_and_where_the_camera_looked_it_is_the_same()
    {
        var sent = new Dictionary<string, object> { ["camera"] = "W2", ["id"] = "json", ["kind"] = "laundry", ["at"] = DateTimeOffset.UtcNow.AddMinutes(-1), ["confidence"] = 0.8, ["x"] = 0.4, ["y"] = 0.4, ["w"] = 0.2, ["h"] = 0.2, ["direction"] = 0,
            ["fieldOfView"] = 60, ["picture"] = Convert.ToBase64String(CameraServer.Picture()) };
        var answer = await server.Send("recogniser", HttpMethod.Post, "/api/detections", JsonContent.Create(sent));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var told = await server.Json("manager", $"/api/detections/{(await Said(answer)).GetProperty("scene").GetInt64()}");
        // Nobody has said how far the camera sees.
        Assert.Equal((100, 1), ((int)told.GetProperty("accuracyMeters").GetDouble(), told.GetProperty("pictures").GetArrayLength()));
    }

    [Theory]
    [InlineData("camera", "E1", HttpStatusCode.NotFound)]
    [InlineData("camera", "nothing", HttpStatusCode.NotFound)]
    [InlineData("kind", "ufo", HttpStatusCode.UnprocessableEntity)]
    [InlineData("x", "0.9", HttpStatusCode.UnprocessableEntity)]
    [InlineData("confidence", "80", HttpStatusCode.UnprocessableEntity)]
    [InlineData("at", "2031-01-01T00:00:00Z", HttpStatusCode.UnprocessableEntity)]
    [InlineData("at", "2020-01-01T00:00:00Z", HttpStatusCode.UnprocessableEntity)]
    [InlineData("at", "yesterday", HttpStatusCode.BadRequest)]
    [InlineData("id", "", HttpStatusCode.BadRequest)]
    [InlineData("picture", "not-a-picture", HttpStatusCode.BadRequest)]
    public async Task What_cannot_be_kept_is_refused_with_a_sentence(string field, string value, HttpStatusCode status)
    {
        var answer = await Form(new() { ["id"] = $"bad-{field}-{value}", ["kind"] = "fire-lane", [field] = value }, field == "picture" ? "<svg/>"u8.ToArray() : null);
        Assert.Equal(status, answer.StatusCode);
        Assert.False(string.IsNullOrWhiteSpace((await Said(answer)).GetProperty("detail").GetString()));
    }

    [Fact]
    public async Task Confirming_files_a_case_with_the_picture_and_a_clear_frame_lets_it_be_closed()
    {
        var fid = (await Said(await Form(new() { ["id"] = "confirm", ["kind"] = "vehicle-parking" }, CameraServer.Picture()))).GetProperty("scene").GetInt64();
        Assert.Equal(HttpStatusCode.Forbidden, (await server.Send("viewer", HttpMethod.Post, $"/api/detections/{fid}/confirm")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await server.Send("stranger", HttpMethod.Post, $"/api/detections/{fid}/confirm")).StatusCode);
        var confirmed = await server.Send("manager", HttpMethod.Post, $"/api/detections/{fid}/confirm", JsonContent.Create(new { note = "占用盲道" }));
        var told = await Said(confirmed);
        Assert.Equal(("confirmed", true), (told.GetProperty("state").GetString(), told.GetProperty("isThere").GetBoolean()));
        Assert.Equal(HttpStatusCode.Conflict, (await server.Send("manager", HttpMethod.Post, $"/api/detections/{fid}/reject")).StatusCode);
        var moves = await server.Json("manager", $"/api/cases/{told.GetProperty("caseFid").GetInt64()}/moves");
        Assert.Equal(("占用盲道", 1), (moves[0].GetProperty("note").GetString(), moves[0].GetProperty("photos").GetArrayLength()));

        using var clear = new FormUrlEncodedContent(new Dictionary<string, string> { ["camera"] = "W1", ["kind"] = "vehicle-parking", ["at"] = DateTimeOffset.UtcNow.ToString("O", CultureInfo.InvariantCulture) });
        Assert.Equal(1, (await Said(await server.Send("recogniser", HttpMethod.Post, "/api/detections/clear", clear))).GetProperty("scenes").GetInt32());
        Assert.False((await server.Json("manager", $"/api/detections/{fid}")).GetProperty("isThere").GetBoolean());
    }

    [Fact]
    public async Task Of_another_district_nothing_is_told_on_any_path()
    {
        var fid = (await Said(await Form(new() { ["id"] = "leak", ["kind"] = "street-vendor" }, CameraServer.Picture()))).GetProperty("scene").GetInt64();
        foreach (var path in new[] { $"/api/detections/{fid}", $"/api/detections/{fid}/picture", $"/ogc/collections/detections/items/{fid}", $"/api/layers/detections/features/{fid}" })
            Assert.Equal(HttpStatusCode.NotFound, (await server.Send("stranger", HttpMethod.Get, path)).StatusCode);
        var list = await server.Json("stranger", "/api/detections");
        Assert.Equal((0, "{}"), (list.GetProperty("detections").GetArrayLength(), list.GetProperty("counts").ToString()));
        Assert.Equal(0, (await server.Json("stranger", "/ogc/collections/detections/items")).GetProperty("numberMatched").GetInt32());
        Assert.Contains((await server.Json("manager", "/api/detections?state=waiting&kind=street-vendor")).GetProperty("detections").EnumerateArray(), one => one.GetProperty("fid").GetInt64() == fid);
        Assert.Equal(HttpStatusCode.Forbidden, (await server.Send("manager", HttpMethod.Post, "/api/detections")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await server.Send("recogniser", HttpMethod.Get, "/api/detections")).StatusCode);
    }

    async Task<HttpResponseMessage> Form(Dictionary<string, string> fields, byte[]? picture)
    {
        var usual = new Dictionary<string, string> { ["camera"] = "W1", ["at"] = DateTimeOffset.UtcNow.AddMinutes(-2).ToString("O", CultureInfo.InvariantCulture), ["confidence"] = "0.9", ["x"] = "0.4", ["y"] = "0.5", ["w"] = "0.2", ["h"] = "0.3" };
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in usual.Where(one => !fields.ContainsKey(one.Key)).Concat(fields.Where(one => one.Key != "picture")))
            form.Add(new StringContent(value), name);
        if (picture is not null)
            form.Add(new ByteArrayContent(picture), "picture", "frame.jpg");
        return await server.Send("recogniser", HttpMethod.Post, "/api/detections", form);
    }

    static async Task<JsonElement> Said(HttpResponseMessage answer) => await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
}
