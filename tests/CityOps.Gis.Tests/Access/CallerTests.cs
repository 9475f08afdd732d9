using CityOps.Gis.Access;
using CityOps.Gis.Heat;
using CityOps.Gis.Layers;
using CityOps.Gis.Queries;
using Xunit;

namespace CityOps.Gis.Tests.Access;

public sealed class CallerTests
{
    static readonly LayerCatalog Catalog = LayerCatalog.Load(Path.Combine(AppContext.BaseDirectory, "layers"));
    static readonly JurisdictionScope Siming = new() { Districts = ["350203"] };

    [Fact]
    public void Every_question_made_in_a_callers_flow_has_his_scope()
    {
        using (Of(Role.Viewer, Siming).Enter())
        {
            Assert.Equal(Siming, new FeatureQuery("components").Scope);
            Assert.Equal(Siming, FeatureQueryText.Parse(Catalog.Find("components")!, []).Query.Scope);
            Assert.Null(new FeatureQuery("unit_grids").Scope);
        }
        Assert.Null(new FeatureQuery("components").Scope);
    }

    [Fact]
    public void A_question_that_is_asked_of_another_layer_has_the_scope_that_holds_there()
    {
        FeatureQuery ofPublic, ofScoped;
        using (Of(Role.Viewer, Siming).Enter())
            (ofPublic, ofScoped) = (new("districts"), new("cameras") { Districts = ["350206"] });

        // Whoever asks by then: it stays the question of the one who made it.
        Assert.Equal(Siming, ofPublic.Of("cameras").Scope);
        Assert.Null(ofScoped.Of("districts").Scope);
        Assert.Equal(("districts", "350206"), (ofScoped.Of("districts").LayerId, ofScoped.Of("districts").Districts.Single()));
    }

    [Fact]
    public void Both_sides_of_a_comparison_and_a_divisor_keep_to_the_callers_scope()
    {
        using var _ = Of(Role.Viewer, Siming).Enter();
        var compared = new HeatQuestion(new("districts")) { Compare = HeatComparison.Difference, Layer2 = "cameras" };
        var divided = new HeatQuestion(new("districts")) { Measure = HeatMeasure.Per, PerLayer = "cameras" };

        Assert.Equal((null, Siming), (compared.Query.Scope, compared.Query2!.Scope));
        Assert.Equal((null, Siming), (divided.Query.Scope, divided.Divisor!.Scope));
    }

    [Fact]
    public async Task A_flow_that_a_caller_starts_is_his_and_ends_with_him()
    {
        Task<Caller> later;
        using (Of(Role.Analyst, Siming).Enter())
            later = Task.Run(async () =>
            {
                await Task.Yield();
                return Caller.Current;
            }, TestContext.Current.CancellationToken);
        Assert.Equal(Siming, (await later).Scope);
        Assert.Same(Caller.Product, Caller.Current);
    }

    [Theory]
    [InlineData("viewer", "cameras", "stream_address", false)]
    [InlineData("analyst", "cameras", "stream_address", false)]
    [InlineData("grid-manager", "cameras", "stream_address", true)]
    [InlineData("administrator", "cameras", "stream_address", true)]
    [InlineData("viewer", "management_grids", "worker_phone", false)]
    [InlineData("viewer", "management_grids", "worker_name", false)]
    [InlineData("department-officer", "management_grids", "worker_phone", true)]
    public void A_field_is_there_for_those_who_may_see_it_and_cannot_even_be_asked_for_by_others(string role, string layerId, string field, bool isSeen)
    {
        using var _ = Of(Role.Find(role)!, null).Enter();
        var layer = Catalog.Find(layerId)!;

        Assert.Equal(isSeen, layer.Find(field) is not null);
        Assert.Equal(isSeen, FeatureQueryText.Parse(layer, [new("filter", $"{field} LIKE '%1%'")]).Faults.Count == 0);
        Assert.Equal(isSeen, Catalog.Layers.Single(one => one.Id == layerId).Find(field) is not null);
    }

    [Fact]
    public void A_layer_that_none_of_the_roles_reads_is_no_layer()
    {
        var layer = Catalog.Find("cases")! with { Access = new() { Read = ["administrator"] } };
        Assert.False(Of(Role.Viewer, null).MayRead(layer));
        Assert.True(Of(Role.Administrator, null).MayRead(layer));
        Assert.True(Of(Role.Viewer, null).MayRead(layer with { Access = new() { Read = ["viewer"] } }));
    }

    [Theory]
    [InlineData(Permission.Publish)]
    [InlineData(Permission.Audit)]
    [InlineData(Permission.Administer)]
    public void What_concerns_the_whole_city_is_not_for_a_caller_with_a_scope(Permission permission)
    {
        Assert.True(Of(Role.Administrator, null).May(permission));
        Assert.False(Of(Role.Administrator, Siming).May(permission));
        Assert.True(Of(Role.Administrator, Siming).May(Permission.Edit));
        Assert.True(Of(Role.Surveyor, Siming).May(Permission.Import));
    }

    [Fact]
    public void A_copy_with_other_rights_sees_by_those()
    {
        var manager = Of(Role.GridManager, null);
        Assert.NotEqual(manager.Kind, (manager with { Permissions = Role.Viewer.Permissions }).Kind);
        Assert.Equal(Siming, Siming with { });
        Assert.NotEqual(Siming.ToString(), (Siming with { Districts = ["350206"] }).ToString());
    }

    [Fact]
    public void Every_role_of_a_definition_is_one_of_the_products()
        => Assert.All(Catalog.Layers.SelectMany(layer => layer.Access.Read.Concat(layer.Access.Write)), role => Assert.NotNull(Role.Find(role)));

    static Caller Of(Role role, JurisdictionScope? scope) => new("1", role.Id, role.Permissions, scope) { Roles = [role.Id] };
}
