using System.Net;
using System.Text.Json;
using CityOps.Gis.Queries;
using CityOps.Gis.Queries.Cql2;
using CityOps.Gis.Tests.Tiles.Snapshots;
using CityOps.Gis.Tiles.Serving;
using Xunit;

namespace CityOps.Gis.Tests.Tiles.Serving;

/// <summary>Every part of a question may be asked of tiles; what cannot be understood is a 400 that says where.</summary>
public sealed class QuestionTests(TileServer server) : IClassFixture<TileServer>
{
    const string Triangle = "POLYGON((118.02 24.42,118.18 24.44,118.1 24.58,118.02 24.42))";

    public static TheoryData<string, string> Parts => new()
    {
        { "polygon=" + Triangle, "snapshot" },
        { "q=部件 1", "snapshot" },
        { "filter=class_code LIKE '01%' AND NOT (status='破损')", "snapshot" },
        { "filter=S_INTERSECTS(geom," + Triangle + ") AND fid%7=3", "snapshot" },
        { """filter-lang=cql2-json&filter={"op":"=","args":[{"property":"status"},"完好"]}""", "snapshot" },
        { "filter=T_AFTER(occurred_at,DATE('2024-06-01')) AND CASEI(name) LIKE '%9'", "snapshot" },
        { "near=118.1,24.5,3000", "sql" },
        { "filter=S_TOUCHES(geom,POINT(118.1 24.5)) OR fid<2000", "sql" },
        { "filter=remark IS NULL AND first_date IS NULL", "sql" },
        { "as-of=2100-01-01", "sql" },
    };

    [Theory]
    [MemberData(nameof(Parts))]
    public async Task A_tile_holds_what_the_count_counts_and_is_made_by_who_can_answer(string asked, string executor)
    {
        await server.Start();
        var query = Read(asked);
        var wanted = await server.Features.Count(RandomLayer.Layer, query with { Box = (-180, -85, 180, 85) });

        var why = await Json($"/tiles/components/{TileServer.At(118.1, 24.5, 5)}/why.json?{Escaped(asked)}");

        Assert.InRange(wanted, 1, RandomLayer.Rows);
        Assert.Equal(wanted, why.GetProperty("layers")[0].GetProperty("seen").GetInt64());
        Assert.Equal(executor, why.GetProperty("layers")[0].GetProperty("executor").GetString());
    }

    [Theory]
    [InlineData("near=118.1,24.5,3000", "distances to lines and areas are for the database")]
    [InlineData("filter=remark IS NULL", "field 'remark' is not in memory")]
    [InlineData("filter=S_TOUCHES(geom,POINT(118.1 24.5))", "S_TOUCHES of these places is for the database")]
    [InlineData("as-of=2026-01-01", "what stood in the past is for the database")]
    public async Task What_memory_cannot_answer_is_said(string asked, string sentence)
    {
        var why = await Json($"/tiles/components/{TileServer.Busy}/why.json?{Escaped(asked)}");
        using var forced = await server.Get($"/tiles/components/{TileServer.Busy}.mvt?executor=snapshot&{Escaped(asked)}", ("Accept-Language", "en"));

        Assert.Contains(sentence, why.GetProperty("layers")[0].GetProperty("reason").GetProperty("en").GetString(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.Conflict, forced.StatusCode);
        Assert.Contains(sentence, await forced.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("filter=colour='red'", "line 1, column 1, at 'colour': layer 'components' has no property 'colour'")]
    [InlineData("filter=status='a", "line 1, column 8, at ''a': this quote is not closed")]
    [InlineData("filter=TRUE&filter-lang=sql", "'filter-lang=sql' is neither")]
    [InlineData("polygon=POLYGON((1 2,3 4))", "a ring has at least four points")]
    [InlineData("near=here", "'near=here' cannot be used")]
    [InlineData("colour=red", "The parameter 'colour' is not known")]
    public async Task A_question_that_cannot_be_understood_is_refused_with_a_sentence(string asked, string sentence)
    {
        using var tile = await server.Get($"/tiles/components/{TileServer.Busy}.mvt?{Escaped(asked)}", ("Accept-Language", "en"));

        Assert.Equal(HttpStatusCode.BadRequest, tile.StatusCode);
        Assert.Contains(sentence, JsonDocument.Parse(await tile.Content.ReadAsStringAsync()).RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_filter_must_fit_every_layer_of_a_tile()
    {
        using var common = await server.Get($"/tiles/components,cameras/{TileServer.Busy}.mvt?{Escaped("filter=status IS NOT NULL")}");
        using var alone = await server.Get($"/tiles/components,cameras/{TileServer.Busy}.mvt?{Escaped("filter=class_table='x'")}", ("Accept-Language", "en"));

        Assert.Equal(HttpStatusCode.OK, common.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, alone.StatusCode);
        Assert.Contains("layer 'cameras' has no property 'class_table'", await alone.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Parts))]
    public async Task Links_keep_the_whole_question(string asked, string executor)
    {
        Assert.NotNull(executor);
        var (query, tile) = (Read(asked), await Json($"/tiles/components.json?{Escaped(asked)}"));
        var link = tile.GetProperty("tiles")[0].GetString()!;

        Assert.Contains(FeatureQueryText.Format(query), link, StringComparison.Ordinal);
        Assert.Contains(FeatureQueryText.Format(query), (await Json($"/tiles/components/style.json?{Escaped(asked)}")).GetRawText().Replace("\\u0026", "&", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void A_question_is_another_one_for_who_may_see_something_else()
    {
        TileQuestion Asked(JurisdictionScope? scope)
            => new(server.Live.Find("components")!, new("components") { Filter = CqlFilter.ParseText("fid>5", RandomLayer.Layer).Filter, Scope = scope });
        TileQuestion whole = Asked(null), one = Asked(new() { Districts = ["350203"] }), other = Asked(new() { Districts = ["350206"] }), nothing = Asked(new());

        Assert.Equal(4, new[] { whole, one, other, nothing }.Distinct().Count());
        Assert.Equal(4, new[] { whole, one, other, nothing }.Select(question => question.Hash).Distinct().Count());
        Assert.Equal(whole.Parameters, one.Parameters);
        Assert.Equal(one, Asked(new() { Districts = ["350203"] }));
    }

    [Fact]
    public async Task One_question_in_two_spellings_has_one_tag()
    {
        using var one = await server.Get($"/tiles/components/{TileServer.Busy}.mvt?{Escaped("filter=status='完好' AND fid>5")}");
        using var other = await server.Get($"/tiles/components/{TileServer.Busy}.mvt?{Escaped("filter=((status) = ('完好')  and fid > 5)&filter-lang=cql2-text")}");
        using var different = await server.Get($"/tiles/components/{TileServer.Busy}.mvt?{Escaped("filter=status='完好' AND fid>6")}");

        Assert.Equal(one.Headers.ETag, other.Headers.ETag);
        Assert.NotEqual(one.Headers.ETag, different.Headers.ETag);
    }

    static FeatureQuery Read(string asked)
    {
        var (query, faults) = FeatureQueryText.Parse(RandomLayer.Layer, asked.Split('&').Select(part => part.Split('=', 2)).Select(part => KeyValuePair.Create(part[0], part[1])));
        Assert.Empty(faults);
        return query;
    }

    static string Escaped(string asked) => string.Join('&', asked.Split('&').Select(part => part.Split('=', 2)).Select(part => $"{part[0]}={Uri.EscapeDataString(part[1])}"));

    async Task<JsonElement> Json(string path)
    {
        using var response = await server.Get(path);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement.Clone();
    }
}
