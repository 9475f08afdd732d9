using CityOps.Gis.Testing;
using MiniExcelLibs;
using Xunit;

namespace CityOps.Gis.Tests.Web.Commands;

/// <summary>What only shows in a process that has done nothing before, such as code pages that nobody asked for yet.</summary>
public sealed class FreshProcessTests
{
    [Fact]
    public async Task A_workbook_alone_is_read()
    {
        using var folder = new TempFolder();
        MiniExcel.SaveAs(folder.File("communities.xlsx"), new[] { new { Code = "350203001001", WKT = "POLYGON ((118.1 24.4, 118.11 24.4, 118.11 24.41, 118.1 24.41, 118.1 24.4))" } });

        var (exitCode, _, faults) = await TheProgram.Run("grid", "make", "--boundary", folder.File("communities.xlsx"), "--crs", "EPSG:4490", "--out", folder.File("grids.geojson"), "--lang", "en");

        Assert.Equal("", faults);
        Assert.Equal(0, exitCode);
        Assert.True(File.Exists(folder.File("grids.geojson")));
    }
}
