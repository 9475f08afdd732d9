using System.CommandLine;
using CityOps.Gis.Grids;
using CityOps.Gis.SurveyImport.Loading;

namespace CityOps.Gis.Web.Commands;

/// <summary><c>cityops grid make</c>: draws a unit grid for a place that has none.</summary>
static class GridCommand
{
    public static Command Make()
    {
        var boundary = new Option<string>("--boundary") { HelpName = "file", Description = Texts.Both("社区边界：面文件，带 12 位社区代码；没有代码时用 --code 给出", "boundaries of communities: polygons with 12-digit codes, or without and --code"), Required = true };
        var size = new Option<double>("--size") { HelpName = "metres", Description = Texts.Both("网格边长，米", "side of a grid, in metres"), DefaultValueFactory = _ => 100 };
        var code = new Option<string?>("--code") { HelpName = "code", Description = Texts.Both("全部边界所属社区的 12 位代码", "12-digit code of the community that all polygons are of") };
        var crs = new Option<string?>("--crs") { HelpName = "EPSG:n", Description = Texts.Both("边界文件的坐标系，优先于其声明", "reference system of the boundaries; overrules what the file says") };
        var target = new Option<string>("--out") { HelpName = "file", Description = Texts.Both("写到此 GeoJSON 文件", "GeoJSON file to write"), DefaultValueFactory = _ => "unit_grids.geojson" };
        var make = new Command("make", Texts.Both("为没有网格的地方划分单元网格：按社区边界裁切，按规则编号", "draw unit grids for a place that has none: clipped to its communities, numbered by the rule")) { boundary, size, code, crs, target }
            .Does((parsed, output, cancel) => Task.FromResult(Draw(parsed.GetValue(boundary)!, parsed.GetValue(size), parsed.GetValue(code), parsed.GetValue(crs), parsed.GetValue(target)!, output, cancel)))
            .WithExamples("./cityops grid make --boundary communities.shp --size 100", "./cityops grid make --boundary park.geojson --code 350203001001 --out grids.geojson");
        return new Command("grid", Texts.Both("划分单元网格（grid make）", "draw unit grids (grid make)")) { make }.WithExamples("./cityops grid make --boundary communities.shp --size 100");
    }

    static int Draw(string boundary, double size, string? code, string? crs, string target, Output output, CancellationToken cancel)
    {
        try
        {
            var made = GridMaker.Make(Boundaries.Read(boundary, code, crs, cancel), size);
            Boundaries.Write(made, target);
            output.Answer(new { grids = made.Count, file = Path.GetFullPath(target) });
            output.Say($"已划分 {made.Count:N0} 个单元网格，写到 {target}。导入：./cityops import {target} --layer unit_grids", $"{made.Count:N0} unit grids are in {target}. Import them: ./cityops import {target} --layer unit_grids");
            return ExitCode.Done;
        }
        catch (GridRefusedException refused)
        {
            output.Fault(refused.Reason);
            return ExitCode.WrongInput;
        }
    }
}
