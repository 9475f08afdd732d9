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
        var scale = new Option<string>("--scale") { HelpName = "demo|1m|xiamen", Description = Texts.Both("规模：demo 为 20 万个部件，1m 为 100 万，xiamen 为厦门市公布的 25,592,042 条记录", "size: demo = 200,000 components, 1m = a million, xiamen = the 25,592,042 records that the city publishes"), DefaultValueFactory = _ => "demo" };
        scale.AcceptOnlyFromAmong("demo", "1m", "xiamen");
        var defects = new Option<bool>("--defects") { Description = Texts.Both("植入每一种检查能发现的错误，答案写在 defects.csv", "plant faults of every kind that is checked for; the answers are in defects.csv") };
        return new Command("sample", Texts.Both("生成一座示例城市，作为交付数据", "make a sample city, as a delivery")) { folder, scale, defects }
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
