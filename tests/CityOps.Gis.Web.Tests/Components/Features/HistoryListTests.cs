using Bunit;
using CityOps.Gis.PostGis;
using CityOps.Gis.Testing;
using CityOps.Gis.Web.Components.Features;
using NetTopologySuite.Geometries;
using Xunit;

namespace CityOps.Gis.Tests.Web.Components.Features;

public sealed class HistoryListTests(PostGisDatabase database) : IClassFixture<PostGisDatabase>
{
    [Fact]
    public async Task What_was_and_what_is_stand_side_by_side_with_codes_told_by_name_and_a_move_is_told_to_the_map()
    {
        var (features, layer) = (new FeatureStore(database.Source), PageContext.Layer("components"));
        var one = await features.Insert(layer, new Point(118.001, 24.401), new Dictionary<string, object?> { ["code"] = "3502030101000001", ["name"] = "井盖", ["class_code"] = "0101", ["class_table"] = "cjt214-2007" });
        var now = await features.Update(layer, one.Fid, new Point(118.0011, 24.401), new Dictionary<string, object?> { ["class_code"] = "0102", ["remark"] = "换盖" });
        await using var page = new PageContext("en", database.Source);
        bool? moves = null;

        var list = page.Render<HistoryList>(set => set.Add(list => list.Layer, layer).Add(list => list.Feature, now!).Add(list => list.OnMoves, (bool has) => moves = has));

        list.WaitForAssertion(() => Assert.Equal(["moved", "added"], list.FindAll("li").Select(step => step.GetAttribute("data-change"))));
        Assert.Equal("Moved by 10.1 m", list.Find("[data-moved]").TextContent);
        Assert.Equal(["Class code", "Water supply manhole cover 0101", "Sewage manhole cover 0102"], list.FindAll("[data-field=class_code] th, [data-field=class_code] td").Select(cell => cell.TextContent));
        Assert.Equal(["(empty)", "换盖"], list.FindAll("[data-field=remark] td").Select(cell => cell.TextContent));
        Assert.True(moves);
    }
}
