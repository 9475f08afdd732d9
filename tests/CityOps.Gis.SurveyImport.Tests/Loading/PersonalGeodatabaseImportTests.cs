using System.Diagnostics;
using CityOps.Gis.Testing;
using CityOps.Gis.Tests.SurveyImport.Sources.Access;
using NetTopologySuite.Geometries;
using Xunit;

namespace CityOps.Gis.Tests.SurveyImport.Loading;

/// <summary>Street lamps of <see cref="SmallCity"/> delivered as a feature class of a personal geodatabase.</summary>
public sealed class PersonalGeodatabaseImportTests(PostGisDatabase database) : SmallCityTests(database)
{
    // 118.0003° E, 24.4003° N in EPSG:4548, as cs2cs gives it.
    const double East = 601468.409, North = 2699992.265;

    static readonly AccessColumn[] Fields =
    [
        .. new[] { "ObjID", "ObjName", "DeptCode1", "DeptName1", "ObjState" }.Select(name => new AccessColumn(name, AccessType.Text, 60)),
        new("ORDate", AccessType.DateTime), new("Note_", AccessType.Memo),
    ];

    string Write(string name, int lamps)
        => new PersonalGeodatabase().Class("路灯", Fields,
            [.. Enumerable.Range(1, lamps).Select(i => ((Geometry?)new Point(East + 10 * i, North), (object?[])[$"35020301037{i:D6}", $"路灯{i}号", "11", "市政设施中心", "完好", new DateTime(2024, 6, 1), i == 1 ? "灯杆倾斜" : null]))])
            .Save(Folder.File(name));

    [Fact]
    public async Task Its_rows_come_into_the_components_with_grid_and_department()
    {
        var batch = await Database.Publish(Write("普查.mdb", 20));

        Assert.Equal((20, 0), (batch.Counts.Accepted, batch.Counts.Refused));
        Assert.Equal(
            ["35020301037000001|路灯1号|350203001001003|11|2024-06-01|118.0004,24.4003"],
            await Database.Rows("select code, name, grid_code, department_code, first_date::text, round(ST_X(geom)::numeric, 4) || ',' || round(ST_Y(geom)::numeric, 4) from gis.components order by code limit 1"));
    }

    [Fact]
    public async Task Where_mdbtools_is_missing_inspect_names_the_package_to_install()
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [KillTests.Program, "inspect", Write("census.mdb", 1)]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = Folder.Path;
        start.Environment["CITYOPS_DATABASE"] = Database.ConnectionString;
        start.Environment["LANG"] = "C.UTF-8";
        using var inspect = Process.Start(start)!;
        var said = await inspect.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken) + await inspect.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await inspect.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(2, inspect.ExitCode);
        Assert.Contains("Reading the Access database census.mdb needs mdbtools, which is not installed here: apt-get install mdbtools.", said);
    }
}
