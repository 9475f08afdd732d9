using Bunit;
using CityOps.Gis.Features;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;
using CityOps.Gis.Testing;
using CityOps.Gis.Web.Components.Features;
using NetTopologySuite.Geometries;
using Npgsql;
using Xunit;

namespace CityOps.Gis.Tests.Web.Components.Features;

/// <summary>An answer about one feature comes when another is shown already.</summary>
public sealed class LateAnswersTests(PostGisDatabase database) : IClassFixture<PostGisDatabase>
{
    [Fact]
    public async Task A_history_that_comes_late_does_not_stand_under_another_feature()
    {
        var (layer, component, camera) = await Things("01");
        await using var page = new PageContext("en", database.Source);
        await using var lockOut = await Hold("gis.components");

        var list = page.Render<HistoryList>(set => set.Add(one => one.Layer, layer).Add(one => one.Feature, component));
        list.Render(set => set.Add(one => one.Layer, PageContext.Layer("cameras")).Add(one => one.Feature, camera));
        list.WaitForAssertion(() => Assert.Single(list.FindAll("li")));
        await lockOut.RollbackAsync(Xunit.TestContext.Current.CancellationToken);
        await Answered("components");

        Assert.Equal(["added"], list.FindAll("li").Select(step => step.GetAttribute("data-change")));
    }

    [Fact]
    public async Task What_refers_to_one_thing_does_not_stand_under_another()
    {
        var (layer, component, camera) = await Things("02");
        await database.Run("insert into gis.devices (device_id, name, kind, status, component_code) values ('D-02', 'sensor', 'manhole', 'online', '3502030101000002')");
        await using var page = new PageContext("en", database.Source);
        await using var lockOut = await Hold("gis.devices");

        var list = page.Render<NearList>(set => set.Add(one => one.Layer, layer).Add(one => one.Feature, component));
        list.Render(set => set.Add(one => one.Layer, PageContext.Layer("cameras")).Add(one => one.Feature, camera));
        await lockOut.RollbackAsync(Xunit.TestContext.Current.CancellationToken);
        list.WaitForAssertion(() => Assert.Empty(list.FindAll("[role=status]")), TimeSpan.FromSeconds(10));
        await Answered("devices");

        Assert.Empty(list.FindAll("[data-at-it]"));
    }

    [Fact]
    public async Task A_history_can_be_stopped_and_asked_for_again()
    {
        var (layer, component, _) = await Things("04");
        await using var page = new PageContext("en", database.Source);
        await using var lockOut = await Hold("gis.components");

        var list = page.Render<HistoryList>(set => set.Add(one => one.Layer, layer).Add(one => one.Feature, component));
        await list.Click("[data-stop]");
        list.WaitForAssertion(() => Assert.StartsWith("Stopped", list.Find("[data-halt]").TextContent, StringComparison.Ordinal));
        await lockOut.RollbackAsync(Xunit.TestContext.Current.CancellationToken);
        await list.Click("[data-again]");

        list.WaitForAssertion(() => Assert.Equal(2, list.FindAll("[data-history] > li").Count), TimeSpan.FromSeconds(10));
        Assert.Empty(list.FindAll("[data-halt]"));
    }

    [Fact]
    public async Task A_search_of_the_surroundings_can_be_stopped_and_taken_up_again()
    {
        var (layer, component, _) = await Things("03");
        await using var page = new PageContext("en", database.Source);
        await using var lockOut = await Hold("gis.devices");

        var list = page.Render<NearList>(set => set.Add(one => one.Layer, layer).Add(one => one.Feature, component));
        await list.Click("[data-stop]");
        list.WaitForAssertion(() => Assert.StartsWith("Stopped", list.Find("[data-halt]").TextContent, StringComparison.Ordinal));
        await lockOut.RollbackAsync(Xunit.TestContext.Current.CancellationToken);
        await list.Click("[data-again]");

        list.WaitForAssertion(() => Assert.Equal("1", list.Find("[data-near-count=cameras]").TextContent), TimeSpan.FromSeconds(10));
        Assert.Empty(list.FindAll("[data-halt]"));
    }

    async Task<(LayerDefinition Layer, Feature Component, Feature Camera)> Things(string number)
    {
        var (features, layer, at) = (new FeatureStore(database.Source), PageContext.Layer("components"), int.Parse(number, System.Globalization.CultureInfo.InvariantCulture) / 10d);
        var component = await features.Insert(layer, new Point(118 + at, 24.4), new Dictionary<string, object?> { ["code"] = "35020301010000" + number, ["name"] = "井盖", ["class_code"] = "0101", ["class_table"] = "cjt214-2007" });
        component = (await features.Update(layer, component.Fid, new Point(118 + at, 24.4), new Dictionary<string, object?> { ["remark"] = "换盖" }))!;
        return (layer, component, await features.Insert(PageContext.Layer("cameras"), new Point(118 + at, 24.4001), new Dictionary<string, object?> { ["camera_id"] = "CAM" + number, ["name"] = "camera" }));
    }

    // Whoever reads the table waits until the transaction ends.
    async Task<NpgsqlTransaction> Hold(string table)
    {
        var connection = await database.Source.OpenConnectionAsync(Xunit.TestContext.Current.CancellationToken);
        var transaction = await connection.BeginTransactionAsync(Xunit.TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand($"lock table {table} in access exclusive mode", connection, transaction);
        await command.ExecuteNonQueryAsync(Xunit.TestContext.Current.CancellationToken);
        return transaction;
    }

    // Nothing asks about a table any longer, and what was answered was rendered.
    async Task Answered(string table)
    {
        while (await database.Value<long>($"select count(*) from pg_stat_activity where datname = current_database() and state <> 'idle' and query like '%gis.{table}%' and pid <> pg_backend_pid()") > 0)
            await Task.Delay(50, Xunit.TestContext.Current.CancellationToken);
        await Task.Delay(200, Xunit.TestContext.Current.CancellationToken);
    }
}
