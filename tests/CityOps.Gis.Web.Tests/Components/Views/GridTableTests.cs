using Bunit;
using CityOps.Gis.Web.Components.Views;
using Xunit;

namespace CityOps.Gis.Tests.Web.Components.Views;

public sealed class GridTableTests
{
    [Fact]
    public async Task Counted_numbers_stand_beside_what_is_still_counted_and_what_a_layer_cannot_tell()
    {
        await using var page = new PageContext("en");
        var table = page.Render<GridTable>(set => set
            .Add(one => one.Grids, [new("unit_grids", 1, "350203001001001", "One"), new("unit_grids", 2, "350203001001002", null)])
            .Add(one => one.Columns, [.. GridColumn.Of(PageContext.Layer("components"), false), .. GridColumn.Of(PageContext.Layer("cases"), false), .. GridColumn.Of(PageContext.Layer("devices"), true)])
            .Add(one => one.Figures, new Dictionary<string, IReadOnlyDictionary<string, long[]>> { ["components"] = new Dictionary<string, long[]> { ["350203001001001"] = [1234] } }));

        Assert.Equal(["Unit grid", "Managed components", "Open cases", "Overdue", "Devices offline", "Device alarms"], table.FindAll("thead th").Select(one => one.TextContent));
        Assert.Equal(["1,234", "·", "·", "—", "—"], table.FindAll("tr.all td").Select(one => one.TextContent));
        Assert.Equal("0", table.Find("[data-cell='350203001001002/components']").TextContent);
        Assert.Equal("The layer “Devices” holds no data yet.", table.Find("[data-all='devices.offline']").GetAttribute("title"));
    }
}
