using CityOps.Gis.Access;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Audit;
using CityOps.Gis.PostGis.Collections;
using CityOps.Gis.PostGis.History;
using CityOps.Gis.Testing;
using NetTopologySuite.Geometries;
using Xunit;

namespace CityOps.Gis.Tests.PostGis.Audit;

/// <summary>Edits of features in the audit log and in the history.</summary>
public sealed class FeatureAuditTests(PostGisDatabase database) : IClassFixture<PostGisDatabase>
{
    static readonly LayerDefinition Devices = PostGisDatabase.Catalog.Find("devices")!;
    static readonly Caller Ann = new("p1", "Ann", Role.Administrator.Permissions, null) { Roles = ["administrator"] }, Bob = new("p2", "Bob", Role.Administrator.Permissions, null) { Roles = ["administrator"] };

    [Fact]
    public async Task The_history_names_who_made_each_version_and_the_log_holds_what_was_before_and_after()
    {
        var (editor, place) = (new FeatureEditor(database.Source), new Point(118.07, 24.46));
        long fid;
        using (Ann.Enter())
            fid = (await editor.Create(Devices, place, new Dictionary<string, object?> { ["device_id"] = "L1", ["name"] = "路灯一", ["kind"] = "lamp" }))!.Value;
        using (Bob.Enter())
        {
            await using var edit = (await editor.Take(Devices, fid))!;
            await edit.Change(place, new Dictionary<string, object?> { ["device_id"] = "L1", ["name"] = "路灯二", ["kind"] = "lamp" });
        }

        var steps = await new FeatureHistory(database.Source).Of(Devices, fid);
        var entries = await new AuditSearch(database.Source).Page(new(LayerId: "devices", Fid: fid), null);

        Assert.Equal(["Bob", "Ann"], steps.Select(step => step.Who));
        Assert.Equal(["feature-changed", "feature-created"], entries.Select(entry => entry.Kind));
        Assert.Contains("路灯一", entries[0].Before, StringComparison.Ordinal);
        Assert.Contains("路灯二", entries[0].After, StringComparison.Ordinal);
        Assert.Null(entries[1].Before);
    }

    [Fact]
    public async Task A_change_that_is_given_up_leaves_no_entry()
    {
        using var entered = Ann.Enter();
        var editor = new FeatureEditor(database.Source);
        var fid = (await editor.Create(Devices, new Point(118.08, 24.46), new Dictionary<string, object?> { ["device_id"] = "L2", ["name"] = "灯", ["kind"] = "lamp" }))!.Value;
        await using (await editor.Take(Devices, fid))
        {
        }

        Assert.Single(await new AuditSearch(database.Source).Page(new(LayerId: "devices", Fid: fid), null));
    }
}
