using System.Net;
using System.Text.Json;
using Xunit;

namespace CityOps.Gis.Tests.Web.Api.Ogc;

public sealed class ItemsTests(OgcServer server) : IClassFixture<OgcServer>
{
    const string Items = "/collections/components/items";

    [Fact]
    public async Task A_page_holds_as_many_features_as_asked_for_and_says_how_many_there_are()
    {
        var page = await server.Json(Items + "?limit=7");
        Assert.Equal(7, page.GetProperty("features").GetArrayLength());
        Assert.Equal(7, page.GetProperty("numberReturned").GetInt32());
        Assert.Equal(560, page.GetProperty("numberMatched").GetInt32());
        Assert.Equal("exact", page.GetProperty("numberMatchedKind").GetString());
    }

    [Fact]
    public async Task A_feature_is_whole_GeoJSON_with_its_jurisdiction_and_its_texts_as_they_are()
    {
        var fid = await server.Database.Value<long>("select fid from gis.components where remark like 'note%' and status = '完好' order by fid limit 1");
        var feature = await server.Json($"{Items}/{fid}");
        var row = (await server.Database.Rows($"select code, remark, grid_code, first_date::text, ST_AsGeoJSON(geom, 15) from gis.components where fid = {fid}"))[0].Split('|');
        var properties = feature.GetProperty("properties");
        Assert.Equal((row[0], row[1], row[2], row[3]), (properties.GetProperty("code").GetString(), properties.GetProperty("remark").GetString(), properties.GetProperty("grid_code").GetString(), properties.GetProperty("first_date").GetString()));
        Assert.Equal(JsonDocument.Parse(row[4]).RootElement.GetProperty("coordinates").GetRawText(), feature.GetProperty("geometry").GetProperty("coordinates").GetRawText());
        Assert.Equal(JsonValueKind.Null, properties.GetProperty("owner_code").ValueKind);
    }

    [Theory]
    [InlineData("class=0101", "class_code = '0101'")]
    [InlineData("class=01&status=破损", "left(class_code, 2) = '01' and status = '破损'")]
    [InlineData("status=移除", "status = '移除'")]
    [InlineData("district=350203", "district_code = '350203'")]
    [InlineData("q=路灯", "name like '%路灯%'")]
    [InlineData("class_code=0203", "class_code = '0203'")]
    [InlineData("name=路灯&name=行道树", "name in ('路灯', '行道树')")]
    [InlineData("first_date=2020-03-03", "first_date = '2020-03-03'")]
    [InlineData("bbox=118.002,24.401,118.011,24.407", "ST_Intersects(geom, ST_MakeEnvelope(118.002, 24.401, 118.011, 24.407, 4490))")]
    [InlineData("bbox=118.002,24.401,0,118.011,24.407,9", "ST_Intersects(geom, ST_MakeEnvelope(118.002, 24.401, 118.011, 24.407, 4490))")]
    [InlineData("bbox=170,20,118.01,30", "ST_Intersects(geom, ST_MakeEnvelope(-180, 20, 118.01, 30, 4490))")]
    [InlineData("polygon=POLYGON((118.001 24.401,118.012 24.402,118.006 24.409,118.001 24.401))", "ST_Intersects(geom, ST_GeomFromText('POLYGON((118.001 24.401,118.012 24.402,118.006 24.409,118.001 24.401))', 4490))")]
    [InlineData("near=118.01,24.405,300", "ST_DWithin(geom::geography, ST_SetSRID(ST_MakePoint(118.01, 24.405), 4490)::geography, 300)")]
    [InlineData("filter=class_code IN ('0101','0301') AND first_date > DATE('2020-06-01')", "class_code in ('0101', '0301') and first_date > '2020-06-01'")]
    [InlineData("filter=name LIKE '%25灯' OR fid < 20&class=02", "(name like '%灯' or fid < 20) and left(class_code, 2) = '02'")]
    [InlineData("filter={\"op\":\"=\",\"args\":[{\"property\":\"class_code\"},\"0102\"]}&filter-lang=cql2-json", "class_code = '0102'")]
    public async Task Questions_find_what_SQL_finds(string question, string where)
    {
        var removed = question.Contains("移除", StringComparison.Ordinal) ? "" : " and status <> '移除'";
        var expected = (await server.Database.Rows($"select fid from gis.components where ({where}){removed} order by fid")).Select(long.Parse).ToList();
        var page = await server.Json($"{Items}?limit=1000&{question}");
        Assert.NotEmpty(expected);
        Assert.Equal(expected, OgcServer.Fids(page));
        Assert.Equal(expected.Count, page.GetProperty("numberMatched").GetInt32());
    }

    [Theory]
    [InlineData("datetime=2026-01-05T00:00:00Z/2026-01-06T00:00:00Z", "occurred_at between '2026-01-05 00:00+00' and '2026-01-06 00:00+00'")]
    [InlineData("datetime=2026-01-08T00:00:00Z", "occurred_at = '2026-01-08 00:00+00'")]
    [InlineData("datetime=2026-01-08T08:00:00%2B08:00", "occurred_at = '2026-01-08 00:00+00'")]
    [InlineData("datetime=../2026-01-06T00:00:00Z", "occurred_at <= '2026-01-06 00:00+00'")]
    [InlineData("datetime=/2026-01-06T00:00:00Z", "occurred_at <= '2026-01-06 00:00+00'")]
    [InlineData("datetime=2026-02-06T00:00:00Z/..", "occurred_at >= '2026-02-06 00:00+00'")]
    [InlineData("datetime=2026-01-06", "occurred_at >= '2026-01-06 00:00+08' and occurred_at < '2026-01-07 00:00+08'")]
    [InlineData("from=2026-01-06&to=2026-01-07", "occurred_at >= '2026-01-06 00:00+08' and occurred_at < '2026-01-07 00:00+08'")]
    public async Task Times_find_what_SQL_finds(string question, string where)
    {
        var expected = (await server.Database.Rows($"select fid from gis.cases where {where} order by fid")).Select(long.Parse).ToList();
        Assert.NotEmpty(expected);
        Assert.Equal(expected, OgcServer.Fids(await server.Json($"/collections/cases/items?limit=1000&{question}")));
    }

    [Theory]
    [InlineData("colour=red", "The parameter 'colour' is not known; /ogc/api describes those that are.")]
    [InlineData("limit=0", "'limit=0' is no whole number from 1 on.")]
    [InlineData("limit=ten", "'limit=ten' is no whole number from 1 on.")]
    [InlineData("after=1&offset=2", "Use only one of after, before and offset.")]
    [InlineData("bbox=1,2,3", "'bbox=1,2,3' is no box in WGS 84 longitude-latitude: write four numbers, the lower left corner and then the upper right one, each as east,north.")]
    [InlineData("datetime=yesterday", "'datetime=yesterday' is no instant (2026-01-31T08:00:00Z), day or interval a/b with '..' for an open end.")]
    [InlineData("first_date=soon", "'first_date=soon' is no day (2026-01-31).")]
    [InlineData("f=xml", "'f=xml' is neither json nor html.")]
    [InlineData("filter-lang=sql&filter=1=1", "'filter-lang=sql' is neither cql2-text nor cql2-json.")]
    public async Task A_question_that_is_not_understood_is_refused_in_a_sentence(string question, string sentence)
        => Assert.Equal((400, "urn:cityops:bad-question", sentence), await server.Refusal($"{Items}?{question}"));

    [Fact]
    public async Task A_filter_that_is_none_is_refused_with_its_place()
    {
        var (status, _, detail) = await server.Refusal(Items + "?filter=class_code = '0101' AND colour = 'red'");
        Assert.Equal(400, status);
        Assert.Contains("column 25", detail, StringComparison.Ordinal);
        Assert.Contains("colour", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_limit_above_the_most_is_taken_as_the_most()
        => Assert.Equal(560, (await server.Json(Items + "?limit=100000")).GetProperty("numberReturned").GetInt32());

    [Fact]
    public async Task Every_link_of_a_page_keeps_the_whole_question()
    {
        var page = await server.Json(Items + "?limit=3&class=01&filter=fid > 5&bbox=118,24.4,118.02,24.41&crs=http://www.opengis.net/def/crs/EPSG/0/4548&after=20");
        foreach (var relation in new[] { "self", "alternate", "next", "prev" })
            foreach (var part in new[] { "limit=3", "class=01", "filter=fid > 5", "bbox=118,24.4,118.02,24.41", "crs=http://www.opengis.net/def/crs/EPSG/0/4548" })
                Assert.Contains(part, Uri.UnescapeDataString(OgcServer.Link(page, relation)!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_has_not_changed_is_answered_by_304_and_one_that_has_by_a_new_tag()
    {
        using var first = await server.Get("/ogc" + Items + "?limit=5&class=0102");
        var tag = first.Headers.ETag!.ToString();
        using var again = await server.Get("/ogc" + Items + "?limit=5&class=0102", ("If-None-Match", tag));
        using var other = await server.Get("/ogc" + Items + "?limit=6&class=0102", ("If-None-Match", tag));
        await server.Database.Run("update gis.components set remark = 'touched' where code = (select max(code) from gis.components where class_code = '0102')");
        using var changed = await server.Get("/ogc" + Items + "?limit=5&class=0102", ("If-None-Match", tag));
        Assert.Equal((HttpStatusCode.NotModified, HttpStatusCode.OK, HttpStatusCode.OK), (again.StatusCode, other.StatusCode, changed.StatusCode));
        Assert.Empty(await again.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task HEAD_gives_the_headers_and_no_body()
    {
        using var response = await server.Http.SendAsync(new(HttpMethod.Head, "/ogc" + Items + "?class=0101"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/geo+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("exact", response.Headers.GetValues("X-CityOps-NumberMatched-Kind").Single());
        Assert.NotEmpty(response.Headers.GetValues("OGC-NumberMatched"));
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_day_in_the_past_shows_the_features_as_they_were()
    {
        var fid = await server.Database.Value<long>("select fid from gis.components where status = '完好' and remark is null order by fid desc limit 1");
        var before = DateTime.UtcNow;
        await Task.Delay(20);
        await server.Database.Run($"update gis.components set name = 'new name' where fid = {fid}");
        var then = await server.Json($"{Items}?fid={fid}&as-of={before:yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'}");
        var now = await server.Json($"{Items}?fid={fid}");
        Assert.NotEqual("new name", then.GetProperty("features")[0].GetProperty("properties").GetProperty("name").GetString());
        Assert.Equal("new name", now.GetProperty("features")[0].GetProperty("properties").GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("/collections/nothing/items", "There is no collection 'nothing'; /ogc/collections lists them.")]
    [InlineData("/collections/components/items/99999999", "Collection 'components' has no feature '99999999'.")]
    [InlineData("/collections/components/items/x", "Collection 'components' has no feature 'x'.")]
    [InlineData("/nowhere", "There is no '/ogc/nowhere'; /ogc is the entrance and /ogc/api describes every address.")]
    public async Task What_is_not_there_is_answered_in_a_sentence(string path, string sentence)
    {
        var (status, _, detail) = await server.Refusal(path);
        Assert.Equal((404, sentence), (status, detail));
    }
}
