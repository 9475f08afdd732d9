using System.CommandLine;
using System.Globalization;
using CityOps.Gis.Exports;

namespace CityOps.Gis.Web.Commands;

/// <summary><c>cityops export</c>: writes the features of a layer into a file.</summary>
static class ExportCommand
{
    public static Command Make()
    {
        var layer = new Argument<string>("layer") { Description = Texts.Both("图层，如 components", "the layer, such as components") };
        var file = new Argument<string>("file") { Description = Texts.Both($"写到此文件；格式由扩展名决定：{Endings()}（Shapefile 为 .zip）", $"file to write; its ending decides the format: {Endings()} (.zip is a shapefile)") };
        var where = new Option<string[]>("--where") { HelpName = "name=value", Description = Texts.Both("查询条件，与网址参数相同，如 district=350203 class=01；可写多次", "the question, as in a URL: district=350203 class=01 …; may be repeated"), AllowMultipleArgumentsPerToken = true };
        var crs = new Option<string?>("--crs") { HelpName = "EPSG:n", Description = Texts.Both("坐标系，如 EPSG:4548；默认 EPSG:4490", "reference system, such as EPSG:4548; default EPSG:4490") };
        var encoding = new Option<string?>("--encoding") { HelpName = "utf-8|gbk", Description = Texts.Both("CSV 和 Shapefile 的文字编码", "encoding of CSV and shapefiles") };
        var generation = new Option<string?>("--generation") { HelpName = "edition", Description = Texts.Both("字段名：own、zh，或标准版本如 gbt47678.5-2026、cjt214-2007", "names of the fields: own, zh, or an edition such as gbt47678.5-2026, cjt214-2007") };
        var limit = new Option<long?>("--limit") { HelpName = "rows", Description = Texts.Both("最多导出多少条", "at most so many rows") };
        return new Command("export", Texts.Both("导出图层：GeoJSON、CSV、Excel、GeoPackage、Shapefile 等", "export a layer: GeoJSON, CSV, Excel, GeoPackage, shapefile and more")) { layer, file, where, crs, encoding, generation, limit }
            .Does((parsed, output, cancel) => Write(parsed, parsed.GetValue(layer)!, parsed.GetValue(file)!,
                [
                    .. (parsed.GetValue(where) ?? []).Select(Pair),
                    .. Given("crs", parsed.GetValue(crs)), .. Given("encoding", parsed.GetValue(encoding)), .. Given("generation", parsed.GetValue(generation)),
                    .. Given("limit", parsed.GetValue(limit)?.ToString(CultureInfo.InvariantCulture)),
                    // Who stands at the console has been asked by the shell already.
                    new("confirm", "yes"),
                ], output, cancel))
            .WithExamples("./cityops export components components.gpkg", "./cityops export components 思明区部件.zip --where district=350203 --crs EPSG:4548 --encoding gbk --generation cjt214-2007");
    }

    static async Task<int> Write(ParseResult parsed, string layerId, string file, IReadOnlyList<KeyValuePair<string, string>> parameters, Output output, CancellationToken cancel)
    {
        if (!ExportFormats.TryFind(Path.GetExtension(file).TrimStart('.'), out var format))
            throw new CommandException(new($"{file}：不认识的扩展名，可用的有 {Endings()}。", $"{file}: its ending is not known; there are {Endings()}."));
        await using var workspace = await Workspace.Open(parsed, cancel);
        var layer = workspace.Catalog.Find(layerId) ?? throw new CommandException(new($"没有图层“{layerId}”。", $"There is no layer '{layerId}'."));
        var (request, faults) = ExportRequestText.Parse(layer, format.Format, parameters);
        if (faults.Count > 0)
            throw new CommandException(new(string.Join(' ', faults.Select(one => one.Zh)), string.Join(' ', faults.Select(one => one.En))));
        var (rows, bytes) = await Write(workspace, request, file, cancel);
        output.Answer(new { layer = layerId, file = Path.GetFullPath(file), rows, bytes });
        output.Say(string.Create(CultureInfo.InvariantCulture, $"已导出 {rows:N0} 条（{bytes / 1e6:0.0} MB）到 {file}。"), string.Create(CultureInfo.InvariantCulture, $"{rows:N0} rows ({bytes / 1e6:0.0} MB) are in {file}."));
        return ExitCode.Done;
    }

    // Under another name until it is whole, so that what breaks off leaves nothing behind that looks like an export.
    static async Task<(long Rows, long Bytes)> Write(Workspace workspace, ExportRequest request, string file, CancellationToken cancel)
    {
        var unfinished = file + ".part";
        try
        {
            (long, long) written;
            await using (var export = await new Exporter(workspace.Source, new ExportOptions()).Open(request, cancel))
            await using (var target = File.Create(unfinished))
                written = await export.Write(target, Environment.UserName, cancel);
            File.Move(unfinished, file, overwrite: true);
            return written;
        }
        catch (ExportRefusedException refused)
        {
            throw new CommandException(refused.Reason);
        }
        catch (Exception fault) when (fault is DirectoryNotFoundException or UnauthorizedAccessException)
        {
            throw new CommandException(new($"无法写入 {file}：{fault.Message}", $"{file} cannot be written: {fault.Message}"));
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    static KeyValuePair<string, string> Pair(string text)
        => text.IndexOf('=', StringComparison.Ordinal) is > 0 and var at
            ? new(text[..at], text[(at + 1)..])
            : throw new CommandException(new($"--where “{text}”应写作 名称=值。", $"--where '{text}' must be written name=value."));

    static IEnumerable<KeyValuePair<string, string>> Given(string name, string? value) => value is null ? [] : [new(name, value)];

    static string Endings() => string.Join(' ', ExportFormats.Names.Where(name => name != "shp").Select(name => "." + name).Append(".zip"));
}
