using System.CommandLine;
using System.Globalization;
using CityOps.Gis.Layers;
using CityOps.Gis.SurveyImport.Sampling;

namespace CityOps.Gis.Web.Commands;

/// <summary><c>cityops sample</c>: writes the sample city.</summary>
static class SampleCommand
{
    public static Command Make()
    {
        var folder = new Argument<string>("folder") { Description = Texts.Both("写到此文件夹", "folder to write to") };
        var scale = new Option<string>("--scale") { Description = Texts.Both("demo、1m 或 xiamen", "demo, 1m or xiamen"), DefaultValueFactory = _ => "demo" };
        scale.AcceptOnlyFromAmong("demo", "1m", "xiamen");
        var defects = new Option<bool>("--defects") { Description = Texts.Both("植入已知错误并写出答案 defects.csv", "plant known faults and write their list, defects.csv") };
        return new Command("sample", Texts.Both("生成示例城市", "write the sample city")) { folder, scale, defects }
            .Does(async (parsed, output, cancel) =>
            {
                var options = new SampleOptions(parsed.GetValue(folder)!, ScaleOf(parsed.GetValue(scale)!), parsed.GetValue(defects));
                var summary = await output.WithProgress(progress => Write(options, progress, cancel));
                output.Answer(new { folder = Path.GetFullPath(summary.Folder), total = summary.Total, records = summary.Records, defects = summary.Defects });
                output.Say(
                    string.Create(CultureInfo.InvariantCulture, $"已写出 {summary.Total:N0} 条记录到 {summary.Folder}。"),
                    string.Create(CultureInfo.InvariantCulture, $"{summary.Total:N0} records are in {summary.Folder}."));
                return ExitCode.Done;
            })
            .WithExamples("./cityops sample city --scale demo", "./cityops sample city --scale 1m --defects");
    }

    /// <summary>Writes the sample city on a thread of its own, with progress.</summary>
    public static Task<SampleSummary> Write(SampleOptions options, IProgress<Output.Step> progress, CancellationToken cancel)
        => Task.Run(() => SampleCity.Write(options, LayerCatalog.Load(Workspace.LayerFolders), new Steps(progress), cancel), cancel);

    static SampleScale ScaleOf(string name) => name switch
    {
        "1m" => SampleScale.Million,
        "xiamen" => SampleScale.Xiamen,
        _ => SampleScale.Demo,
    };

    sealed class Steps(IProgress<Output.Step> target) : IProgress<(LocalText Step, long Done, long? Total)>
    {
        public void Report((LocalText Step, long Done, long? Total) value) => target.Report(new(value.Step, value.Done, value.Total));
    }
}
