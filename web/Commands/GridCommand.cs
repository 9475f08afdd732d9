using System.CommandLine;
using CityOps.Gis.Grids;
using CityOps.Gis.SurveyImport.Loading;

namespace CityOps.Gis.Web.Commands;

/// <summary><c>cityops grid make</c>: draws a unit grid for a place that has none.</summary>
static class GridCommand
{
    public static Command Make()
    {
        var boundary = new Option<string>("--boundary") { Description = Texts.Both("社区边界文件（面，带 12 位社区代码）；只有一个面时可用 --code 指定", "boundaries of communities (polygons with 12-digit codes), or one polygon and --code"), Required = true };
        var size = new Option<double>("--size") { Description = Texts.Both("网格边长（米）", "side of a grid in metres"), DefaultValueFactory = _ => 100 };
        var code = new Option<string?>("--code") { Description = Texts.Both("12 位社区代码", "12-digit code of the community") };
        var crs = new Option<string?>("--crs") { Description = Texts.Both("边界的坐标系", "reference system of the boundaries") };
        var target = new Option<string>("--out") { Description = Texts.Both("写到此 GeoJSON 文件", "GeoJSON file to write"), DefaultValueFactory = _ => "unit_grids.geojson" };
        var make = new Command("make", Texts.Both("按规则划分并编号单元网格", "draw unit grids, clipped to their communities and numbered by the rule")) { boundary, size, code, crs, target }
            .Does((parsed, output, cancel) => Task.FromResult(Draw(parsed.GetValue(boundary)!, parsed.GetValue(size), parsed.GetValue(code), parsed.GetValue(crs), parsed.GetValue(target)!, output, cancel)))
            .WithExamples("./cityops grid make --boundary communities.shp --size 100", "./cityops grid make --boundary park.geojson --code 350203001001 --out grids.geojson");
        return new Command("grid", Texts.Both("单元网格", "unit grids")) { make };
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
