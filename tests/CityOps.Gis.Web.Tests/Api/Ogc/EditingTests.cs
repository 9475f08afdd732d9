using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace CityOps.Gis.Tests.Web.Api.Ogc;

/// <summary>Creating, replacing, updating and deleting features; where OGC API Features part 4 (20-002, annex A) has a test, its number stands before the sentence.</summary>
public sealed class EditingTests(OgcServer server) : IClassFixture<OgcServer>
{
    const string Items = "/ogc/collections/components/items", GeoJson = "application/geo+json", Patch = "application/merge-patch+json";
    static int _serial = 900_000;

    [Fact]
    public async Task Editing_is_off_unless_it_is_turned_on()
    {
        using var response = await server.Http.PostAsync(Items, new StringContent(Feature().ToJsonString(), null, GeoJson));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(["GET", "HEAD", "OPTIONS"], response.Content.Headers.Allow);
        Assert.Equal("Editing is off at this server; an administrator turns it on by CITYOPS_EDITING=on.", await Detail(response));
        using var declared = await server.Http.GetAsync("/ogc/conformance");
        Assert.DoesNotContain("ogcapi-features-4", await declared.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Boundaries_and_grids_change_by_an_import_only()
    {
        using var response = await server.Send(HttpMethod.Delete, "/ogc/collections/unit_grids/items/1");
        Assert.Equal((HttpStatusCode.MethodNotAllowed, "Boundaries of layer 'unit_grids' change by an import only."), (response.StatusCode, await Detail(response)));
    }

    [Fact(DisplayName = "/conf/create-replace-delete/options: OPTIONS tells the methods and the types of bodies")]
    public async Task Options()
    {
        using var items = await server.Send(HttpMethod.Options, Items);
        using var item = await server.Send(HttpMethod.Options, Items + "/1");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (items.StatusCode, item.StatusCode));
        Assert.Contains("POST", items.Content.Headers.Allow);
        Assert.Superset(new HashSet<string> { "PUT", "PATCH", "DELETE" }, item.Content.Headers.Allow.ToHashSet());
        Assert.Contains(GeoJson, items.Headers.GetValues("Accept-Post").Single(), StringComparison.Ordinal);
    }

    [Fact(DisplayName = "/conf/create-replace-delete/create: a created feature is there, stamped, under the address that is told")]
    public async Task Create()
    {
        var feature = Feature();
        using var response = await server.Send(HttpMethod.Post, Items, feature.ToJsonString(), ("Content-Type", GeoJson));
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var there = await server.Json(response.Headers.Location!.ToString());
        var properties = there.GetProperty("properties");
        Assert.Equal(feature["properties"]!["code"]!.ToString(), properties.GetProperty("code").GetString());
        Assert.Equal("[118.0032,24.4041]", there.GetProperty("geometry").GetProperty("coordinates").GetRawText());
        Assert.Equal(("350203001001003", "350203", "0101", "cjt214-2007", "1"), (properties.GetProperty("grid_code").GetString(), properties.GetProperty("district_code").GetString(),
            properties.GetProperty("class_code").GetString(), properties.GetProperty("class_table").GetString(), properties.GetProperty("department_code").GetString()));
    }

    [Fact(DisplayName = "/conf/create-replace-delete/create-content-type: a body without a type is a 400, one of another type a 415")]
    public async Task CreateContentType()
    {
        using var untyped = await server.Send(HttpMethod.Post, Items, Feature().ToJsonString());
        using var text = await server.Send(HttpMethod.Post, Items, Feature().ToJsonString(), ("Content-Type", "text/plain"));
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.UnsupportedMediaType), (untyped.StatusCode, text.StatusCode));
    }

    [Fact(DisplayName = "/conf/create-replace-delete/replace: a replaced feature is as it was sent, and the earlier one is in the history")]
    public async Task Replace()
    {
        var (address, tag, feature) = await Created();
        feature["properties"]!["name"] = "污水井盖";
        feature["geometry"]!["coordinates"] = new JsonArray(118.0132, 24.4041);
        using var response = await server.Send(HttpMethod.Put, address, feature.ToJsonString(), ("Content-Type", GeoJson), ("If-Match", tag));
        var there = await server.Json(address);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(("污水井盖", "350206"), (there.GetProperty("properties").GetProperty("name").GetString(), there.GetProperty("properties").GetProperty("district_code").GetString()));
        Assert.Equal(["上水井盖|350203|moved"], await server.Database.Rows($"select name, district_code, change from gis.components_history where fid = {there.GetProperty("id")}"));
    }

    [Fact(DisplayName = "/conf/create-replace-delete/replace-content-type: a body without a type is a 400")]
    public async Task ReplaceContentType()
    {
        var (address, tag, feature) = await Created();
        using var response = await server.Send(HttpMethod.Put, address, feature.ToJsonString(), ("If-Match", tag));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact(DisplayName = "/conf/create-replace-delete/replace-rid: another id in the body is refused")]
    public async Task ReplaceRid()
    {
        var (address, tag, feature) = await Created();
        feature["id"] = 1;
        using var response = await server.Send(HttpMethod.Put, address, feature.ToJsonString(), ("Content-Type", GeoJson), ("If-Match", tag));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact(DisplayName = "/conf/create-replace-delete/replace-exceptions: what is not there cannot be replaced")]
    public async Task ReplaceExceptions()
    {
        using var plain = await server.Send(HttpMethod.Put, Items + "/99999998", Feature().ToJsonString(), ("Content-Type", GeoJson));
        using var conditional = await server.Send(HttpMethod.Put, Items + "/99999999", Feature().ToJsonString(), ("Content-Type", GeoJson), ("If-Match", "\"xyz\""));
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (plain.StatusCode, conditional.StatusCode));
    }

    [Fact(DisplayName = "/conf/create-replace-delete/delete: a deleted component is not there, has the state of removed ones, and its earlier version is in the history")]
    public async Task Delete()
    {
        var (address, tag, _) = await Created();
        using var response = await server.Send(HttpMethod.Delete, address, null, ("If-Match", tag));
        using var gone = await server.Get(address);
        var fid = address.Split('/')[^1];
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound), (response.StatusCode, gone.StatusCode));
        Assert.Equal("移除", (await server.Json($"{address}?status=移除")).GetProperty("properties").GetProperty("status").GetString());
        Assert.Equal(["完好|removed"], await server.Database.Rows($"select status, change from gis.components_history where fid = {fid}"));
        using var again = await server.Send(HttpMethod.Delete, address, null, ("If-Match", "*"));
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
    }

    [Fact]
    public async Task A_deleted_feature_of_a_layer_without_such_a_state_goes_to_the_history()
    {
        var fid = await server.Database.Value<long>("select max(fid) from gis.cameras");
        var address = $"/ogc/collections/cameras/items/{fid}";
        using var before = await server.Get(address);
        using var response = await server.Send(HttpMethod.Delete, address, null, ("If-Match", before.Headers.ETag!.ToString()));
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(["deleted"], await server.Database.Rows($"select change from gis.cameras_history where fid = {fid}"));
        Assert.Equal(0, await server.Database.Value<long>($"select count(*) from gis.cameras where fid = {fid}"));
    }

    [Fact(DisplayName = "/conf/update/options: OPTIONS tells PATCH and its types")]
    public async Task UpdateOptions()
    {
        using var item = await server.Send(HttpMethod.Options, Items + "/1");
        Assert.Contains(Patch, item.Headers.GetValues("Accept-Patch").Single(), StringComparison.Ordinal);
    }

    [Fact(DisplayName = "/conf/update/update: what the patch names changes, the rest stays")]
    public async Task Update()
    {
        var (address, tag, feature) = await Created();
        using var response = await server.Send(HttpMethod.Patch, address, """{"properties": {"remark": "seen", "owner_name": null}}""", ("Content-Type", Patch), ("If-Match", tag));
        var there = await server.Json(address);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(("seen", feature["properties"]!["code"]!.ToString()), (there.GetProperty("properties").GetProperty("remark").GetString(), there.GetProperty("properties").GetProperty("code").GetString()));
        Assert.Equal(JsonValueKind.Null, there.GetProperty("properties").GetProperty("owner_name").ValueKind);
        Assert.Equal("[118.0032,24.4041]", there.GetProperty("geometry").GetProperty("coordinates").GetRawText());
        Assert.Equal(["changed"], await server.Database.Rows($"select change from gis.components_history where fid = {there.GetProperty("id")}"));
    }

    [Fact(DisplayName = "/conf/update/update-content-type: a patch without a type is a 400")]
    public async Task UpdateContentType()
    {
        var (address, tag, _) = await Created();
        using var response = await server.Send(HttpMethod.Patch, address, """{"properties": {"remark": "x"}}""", ("If-Match", tag));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact(DisplayName = "/conf/update/update-rid: another id in the patch is refused")]
    public async Task UpdateRid()
    {
        var (address, tag, _) = await Created();
        using var response = await server.Send(HttpMethod.Patch, address, """{"id": 1}""", ("Content-Type", Patch), ("If-Match", tag));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task A_geometry_may_be_sent_in_any_system_in_its_axis_order()
    {
        var feature = Feature();
        feature["geometry"] = JsonNode.Parse("""{"type": "Point", "coordinates": [24.4041, 118.0032]}""");
        using var response = await server.Send(HttpMethod.Post, Items, feature.ToJsonString(), ("Content-Type", GeoJson), ("Content-Crs", "<http://www.opengis.net/def/crs/EPSG/0/4490>"));
        Assert.Equal("[118.0032,24.4041]", (await server.Json(response.Headers.Location!.ToString())).GetProperty("geometry").GetProperty("coordinates").GetRawText());
    }

    [Fact(DisplayName = "/conf/optimistic-locking-etags/get-etag: every feature has a strong tag")]
    public async Task GetEtag()
    {
        var (address, tag, _) = await Created();
        using var response = await server.Get(address);
        Assert.Equal((tag, false), (response.Headers.ETag!.ToString(), response.Headers.ETag.IsWeak));
    }

    [Theory(DisplayName = "/conf/optimistic-locking-etags/replace, update, delete: a change from another version is a 412, from none a 428, from the right one is made")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    public async Task Locking(string method)
    {
        var (address, tag, feature) = await Created();
        var body = method == "DELETE" ? null : method == "PUT" ? feature.ToJsonString() : """{"properties": {"remark": "x"}}""";
        if (method == "PUT")
        {
            feature["properties"]!["remark"] = "x";
            body = feature.ToJsonString();
        }
        async Task<HttpResponseMessage> Send(params (string, string)[] condition)
            => await server.Send(new(method), address, body, [.. body is null ? [] : (IEnumerable<(string, string)>)[("Content-Type", method == "PUT" ? GeoJson : Patch)], .. condition]);

        using var wrong = await Send(("If-Match", "\"0\""));
        using var missing = await Send();
        using var unchanged = await server.Get(address);
        using var right = await Send(("If-Match", tag));
        Assert.Equal((HttpStatusCode.PreconditionFailed, HttpStatusCode.PreconditionRequired, tag), (wrong.StatusCode, missing.StatusCode, unchanged.Headers.ETag!.ToString()));
        Assert.True(right.IsSuccessStatusCode, await right.Content.ReadAsStringAsync());
        if (method != "DELETE")
            Assert.NotEqual(tag, right.Headers.ETag!.ToString());
    }

    [Fact]
    public async Task Of_writers_that_read_the_same_version_one_wins_and_nothing_is_lost()
    {
        const int writers = 8, rounds = 5;
        var (address, _, _) = await Created();
        var fid = address.Split('/')[^1];
        for (var round = 0; round < rounds; round++)
        {
            using var before = await server.Get(address);
            var tag = before.Headers.ETag!.ToString();
            var answers = await Task.WhenAll(Enumerable.Range(0, writers).Select(async writer =>
            {
                using var response = await server.Send(HttpMethod.Patch, address, $$$"""{"properties": {"remark": "{{{round}}}-{{{writer}}}"}}""", ("Content-Type", Patch), ("If-Match", tag));
                return (response.StatusCode, Writer: writer);
            }));
            var winner = Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
            Assert.All(answers.Where(answer => answer != winner), answer => Assert.Equal(HttpStatusCode.PreconditionFailed, answer.StatusCode));
            Assert.Equal($"{round}-{winner.Writer}", (await server.Json(address)).GetProperty("properties").GetProperty("remark").GetString());
        }
        Assert.Equal(rounds, await server.Database.Value<long>($"select count(*) from gis.components_history where fid = {fid}"));
    }

    [Fact]
    public async Task Of_writers_that_create_the_same_key_one_wins()
    {
        var body = Feature().ToJsonString();
        var statuses = await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ =>
        {
            using var response = await server.Send(HttpMethod.Post, Items, body, ("Content-Type", GeoJson));
            return response.StatusCode;
        }));
        Assert.Equal([HttpStatusCode.Created, .. Enumerable.Repeat(HttpStatusCode.Conflict, 5)], statuses.Order());
    }

    [Theory]
    [InlineData("code", "123", "CodeLength")]
    [InlineData("code", "9999990101000001", "CodeDivisionUnknown")]
    [InlineData("code", null, "CodeMissing")]
    [InlineData("name", null, "FieldMissing")]
    [InlineData("first_date", "2099-01-01", "DateInFuture")]
    [InlineData("first_date", "soon", "NotADate")]
    [InlineData("change_date", "2019-01-01", "ChangeBeforeFirstDate")]
    [InlineData("class_code", "0203", "CodeClassMismatch")]
    public async Task A_feature_that_an_import_would_refuse_is_refused_with_the_same_code(string field, string? value, string code)
    {
        var feature = Feature();
        feature["properties"]![field] = value;
        using var response = await server.Send(HttpMethod.Post, Items, feature.ToJsonString(), ("Content-Type", GeoJson));
        var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "urn:cityops:feature-refused"), (response.StatusCode, problem.GetProperty("type").GetString()));
        Assert.Contains(code, problem.GetProperty("codes").EnumerateArray().Select(one => one.GetProperty("code").GetString()));
        Assert.NotEmpty(problem.GetProperty("errors").EnumerateObject());
    }

    [Theory]
    [InlineData("""{"type": "Point", "coordinates": [100, 10]}""", "OutsideSurveyArea")]
    [InlineData("""{"type": "Polygon", "coordinates": [[[118.001,24.401],[118.002,24.402],[118.002,24.401],[118.001,24.402],[118.001,24.401]]]}""", "GeometryInvalid")]
    [InlineData("null", "GeometryEmpty")]
    public async Task A_geometry_that_an_import_would_refuse_is_refused_with_the_same_code(string geometry, string code)
    {
        var feature = Feature();
        feature["geometry"] = JsonNode.Parse(geometry);
        using var response = await server.Send(HttpMethod.Post, Items, feature.ToJsonString(), ("Content-Type", GeoJson));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Contains(code, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_import_would_warn_of_is_written_with_the_warning()
    {
        var feature = Feature();
        feature["properties"]!["status"] = "歪斜";
        using var response = await server.Send(HttpMethod.Post, Items, feature.ToJsonString(), ("Content-Type", GeoJson));
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Contains("ValueNotInList", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[1, 2]", "bad-feature")]
    [InlineData("{", "bad-feature")]
    [InlineData("""{"type": "Feature", "geometry": {"type": "Ball"}, "properties": {}}""", "bad-feature")]
    [InlineData("""{"type": "Feature", "geometry": null, "properties": {"colour": "red"}}""", "bad-feature")]
    public async Task A_body_that_is_no_feature_is_a_400_in_a_sentence(string body, string type)
    {
        using var response = await server.Send(HttpMethod.Post, Items, body, ("Content-Type", GeoJson));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(type, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    static JsonObject Feature() => JsonNode.Parse($$"""
        {
          "type": "Feature", "geometry": {"type": "Point", "coordinates": [118.0032, 24.4041]},
          "properties": {"code": "3502030101{{Interlocked.Increment(ref _serial)}}", "name": "上水井盖", "supervisor_code": "1", "supervisor_name": "市城市管理局", "status": "完好", "first_date": "2024-05-01", "owner_name": "水务集团"}
        }
        """)!.AsObject();

    async Task<(string Address, string Tag, JsonObject Feature)> Created()
    {
        var feature = Feature();
        using var response = await server.Send(HttpMethod.Post, Items, feature.ToJsonString(), ("Content-Type", GeoJson));
        Assert.True(response.StatusCode == HttpStatusCode.Created, await response.Content.ReadAsStringAsync());
        return (response.Headers.Location!.ToString(), response.Headers.ETag!.ToString(), feature);
    }

    static async Task<string?> Detail(HttpResponseMessage response) => JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("detail").GetString();
}
