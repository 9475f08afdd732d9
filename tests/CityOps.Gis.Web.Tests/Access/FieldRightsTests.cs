using System.Net;
using CityOps.Gis.Access;
using CityOps.Gis.Testing;
using CityOps.Gis.Tests.Web.Api;
using CityOps.Gis.Web;
using Microsoft.AspNetCore.Builder;
using Xunit;

namespace CityOps.Gis.Tests.Web.Access;

/// <summary>A field that only some may see: a camera's stream address.</summary>
public sealed class FieldRightsTests(PostGisDatabase database) : IClassFixture<PostGisDatabase>, IAsyncLifetime
{
    const string Secret = "rtsp://10.0.0.7/secret";
    WebApplication? _app;
    HttpClient? _http;
    long _fid;

    public async ValueTask InitializeAsync()
    {
        if (database.ConnectionString == "")
            return;
        _fid = await database.Value<long>($"""
            {(await database.Value<bool>("select exists (select from gis.districts)") ? "" : SmallCity.Sql)}
            insert into gis.cameras (camera_id, name, status, stream_address, geom) values ('cam-' || gen_random_uuid(), '沙坡尾', 'online', '{Secret}', ST_SetSRID(ST_MakePoint(118.001, 24.405), 4490)) returning fid
            """);
        await database.Run($"update gis.cameras set stream_address = stream_address || '/2', status = 'fault' where fid = {_fid}");
        _app = GisWebHost.Build(new()
        {
            ConnectionString = database.ConnectionString, LayerFolders = [Path.Combine(AppContext.BaseDirectory, "layers")], Urls = "http://127.0.0.1:0",
            Access = new() { Trusted = context => Role.Find(context.Request.Headers["X-Person"].ToString()) is { } role ? new(role.Id, role.Id, role.Permissions, null) { Roles = [role.Id] } : null },
        });
        await _app.StartAsync();
        _http = new() { BaseAddress = new(_app.Urls.First()) };
    }

    public async ValueTask DisposeAsync()
    {
        _http?.Dispose();
        if (_app is not null)
            await _app.DisposeAsync();
    }

    [Theory]
    [InlineData("grid-manager", true)]
    [InlineData("analyst", false)]
    public async Task A_stream_address_is_in_every_answer_to_those_who_may_watch_and_in_none_to_others(string role, bool isSeen)
    {
        _ = database.Source;
        var answers = new Answers(_http!, role);
        foreach (var path in new[]
                 {
                     "/ogc/collections/cameras/items", $"/ogc/collections/cameras/items/{_fid}", $"/api/layers/cameras/features/{_fid}", $"/api/layers/cameras/features/{_fid}/history", "/export/cameras.geojson",
                     "/export/cameras.csv", "/api/layers/cameras/rows?columns=stream_address",
                 })
        {
            using var answer = await answers.Get(path);
            Assert.True((await answer.Content.ReadAsStringAsync()).Contains(Secret, StringComparison.Ordinal) == isSeen, $"{role}: {path} {answer.StatusCode}");
        }
        Assert.Equal(isSeen, (await answers.Json("/ogc/collections/cameras/queryables")).GetProperty("properties").TryGetProperty("stream_address", out _));
    }

    [Theory]
    [InlineData("/ogc/collections/cameras/items?filter=stream_address LIKE 'rtsp%25'")]
    [InlineData("/ogc/collections/cameras/items?stream_address=rtsp")]
    [InlineData("/tiles/cameras/14/13563/7016.mvt?filter=stream_address LIKE 'rtsp%25'")]
    [InlineData("/heat/cameras?cell=square&size=500&filter=stream_address LIKE 'rtsp%25'")]
    [InlineData("/export/cameras.csv?filter=stream_address LIKE 'rtsp%25'")]
    [InlineData("/api/layers/cameras/rows?filter=stream_address LIKE 'rtsp%25'")]
    public async Task Who_may_not_see_a_field_cannot_guess_it_by_a_filter_even_after_somebody_who_may_has_asked_the_same(string path)
    {
        _ = database.Source;
        using var allowed = await new Answers(_http!, "administrator").Get(path);
        using var refused = await new Answers(_http!, "viewer").Get(path);

        Assert.True(allowed.IsSuccessStatusCode, $"{allowed.StatusCode}");
        Assert.Contains(refused.StatusCode, new[] { HttpStatusCode.BadRequest, HttpStatusCode.Forbidden });
    }
}
