using CityOps.Gis.Access;
using CityOps.Gis.PostGis.Views;
using CityOps.Gis.Testing;
using Npgsql;
using Xunit;

namespace CityOps.Gis.Tests.PostGis.Views;

public sealed class SavedViewsTests(PostGisDatabase database) : IClassFixture<PostGisDatabase>
{
    SavedViews Views => new(database.Source);

    [Fact]
    public async Task A_view_is_its_owners_alone_until_it_is_shared_and_only_the_owner_changes_it()
    {
        await Views.Save("ann", "morning", "/?at=15/24.46/118.07");
        await Views.Save("ann", "morning", "/?at=16/24.46/118.07");
        var view = Assert.Single(await Views.List("ann"));
        Assert.Equal(("/?at=16/24.46/118.07", false, true), (view.Address, view.IsShared, view.IsOwn));
        Assert.Empty(await Views.List("bob"));

        await Views.Share("bob", view.Id, true);
        await Views.Delete("bob", view.Id);
        Assert.False(await Views.Rename("bob", view.Id, "mine"));
        Assert.Empty(await Views.List("bob"));

        await Views.Share("ann", view.Id, true);
        Assert.Equal(("morning", false), (await Views.List("bob")).Select(one => (one.Name, one.IsOwn)).Single());
        await Views.Save("ann", "evening", "/analysis");
        Assert.False(await Views.Rename("ann", view.Id, "evening"));
        Assert.True(await Views.Rename("ann", view.Id, "dawn"));
        await Views.Delete("ann", view.Id);
        Assert.Equal(["evening"], (await Views.List("ann")).Select(one => one.Name));
        // What was done is in the audit log; what bob tried was not done.
        Assert.Equal(6, await database.Value<long>("select count(*) from cityops.audit_entry where kind = 'view-changed'"));
    }

    [Theory]
    [InlineData("//elsewhere.example/")]
    [InlineData("/\\elsewhere.example/")]
    [InlineData("https://elsewhere.example/")]
    [InlineData("javascript:alert(1)")]
    public async Task A_view_leads_to_no_other_site(string address)
        => Assert.Equal("ck_saved_view_address", (await Assert.ThrowsAsync<PostgresException>(() => Views.Save("eve", "x", address))).ConstraintName);

    [Fact]
    public async Task Own_grids_are_those_chosen_last()
    {
        using var _ = new Caller("ann", "ann", Role.Viewer.Permissions, new() { Districts = ["350203"] }).Enter();
        var own = new OwnGrids(database.Source);
        await own.Choose("ann", ["350203001001", "350203001002001"]);
        await own.Choose("ann", ["350203001002001", "350203001002002"]);
        Assert.Equal(["350203001002001", "350203001002002"], await own.Chosen("ann"));
        Assert.Empty(await own.Chosen("bob"));
        Assert.Equal(2, await database.Value<long>("select count(*) from cityops.audit_entry where kind = 'own-grids-chosen' and who_id = 'ann'"));
    }
}
