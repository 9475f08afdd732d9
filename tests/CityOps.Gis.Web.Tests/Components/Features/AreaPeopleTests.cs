using Bunit;
using CityOps.Gis.Access;
using CityOps.Gis.Testing;
using CityOps.Gis.Web.Components.Features;
using Xunit;

namespace CityOps.Gis.Tests.Web.Components.Features;

/// <summary>Who looks after a grid is told to those who work with them, and to nobody else.</summary>
public sealed class AreaPeopleTests(PostGisDatabase database) : IClassFixture<PostGisDatabase>
{
    const string Name = "林海", Phone = "0592-2000001", Grid = "沙坡尾网格";

    [Theory]
    [InlineData("grid-manager", true)]
    [InlineData("case-operator", true)]
    [InlineData("analyst", false)]
    [InlineData("viewer", false)]
    public async Task Names_and_numbers_of_grid_workers_are_shown_by_role(string role, bool isSeen)
    {
        await Fill();
        using var _ = new Caller("1", role, Role.Find(role)!.Permissions, null) { Roles = [role] }.Enter();
        await using var page = new PageContext(source: database.Source);
        var panel = page.Render<AreaPeople>(set => set.Add(one => one.Code, "350203"));
        panel.WaitForElement("[data-manager]");

        Assert.Contains(Grid, panel.Markup, StringComparison.Ordinal);
        Assert.Equal(isSeen, panel.Markup.Contains(Name, StringComparison.Ordinal));
        Assert.Equal(isSeen, panel.Markup.Contains(Phone, StringComparison.Ordinal));
        Assert.Equal(isSeen ? 0 : 1, panel.FindAll("[data-names-hidden]").Count);
    }

    async Task Fill()
    {
        _ = database.Source;
        if (!await database.Value<bool>("select exists (select from gis.management_grids)"))
            await database.Run(SmallCity.Sql + $"""
                insert into gis.management_grids (code, name, grid_codes, worker_name, worker_phone, geom)
                values ('350203001001001', '{Grid}', '{"{350203001001001}"}', '{Name}', '{Phone}', ST_Buffer(ST_SetSRID(ST_MakePoint(118.002, 24.402), 4490), 0.0005));
                """);
    }
}
