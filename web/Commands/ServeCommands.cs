using System.CommandLine;
using CityOps.Gis.SurveyImport.Loading;
using CityOps.Gis.SurveyImport.Mapping;
using CityOps.Gis.SurveyImport.Sampling;
using CityOps.Gis.Web.Detections;
using CityOps.Gis.Web.Devices;
using CityOps.Gis.Web.Patrols;
using CityOps.Gis.Web.Safety;

namespace CityOps.Gis.Web.Commands;

/// <summary><c>cityops up</c>, <c>demo</c> and <c>tiles</c>: what runs until it is stopped.</summary>
static class ServeCommands
{
    public static Command Up()
    {
        var urls = Urls();
        return new Command("up", Texts.Both("启动平台：地图、接口和瓦片", "serve the map, the API and the tiles")) { urls }
            .Does(async (parsed, output, cancel) =>
            {
                await using var workspace = await Workspace.Open(parsed, cancel);
                return await Serve(workspace, parsed.GetValue(urls)!, output, cancel);
            })
            .WithExamples("./cityops up", "./cityops up --urls https://0.0.0.0:8443");
    }

    public static Command Demo()
    {
        var urls = Urls();
        return new Command("demo", Texts.Both("生成示例城市，导入并启动平台", "make the sample city, import it and serve the map")) { urls }
            .Does(async (parsed, output, cancel) =>
            {
                await using var workspace = await Workspace.Open(parsed, cancel);
                await ImportSample(workspace, output, cancel);
                return await Serve(workspace, parsed.GetValue(urls)!, output, cancel, isDemo: true);
            })
            .WithExamples("./cityops demo", "./cityops demo --urls http://localhost:9000");
    }

    public static Command Tiles()
    {
        var urls = Urls();
        var port = new Option<int?>("--port") { HelpName = "port", Description = Texts.Both("在所有地址的此端口监听", "listen on this port of all addresses") };
        return new Command("tiles", Texts.Both("只启动瓦片服务，用于扩展", "serve the tiles alone, for scale-out")) { urls, port }
            .Does(async (parsed, output, cancel) =>
            {
                await using var workspace = await Workspace.Open(parsed, cancel);
                await using var keeper = workspace.KeepDatabase(output);
                var at = parsed.GetValue(port) is { } number ? $"http://0.0.0.0:{number}" : parsed.GetValue(urls)!;
                return await Run(TileHost.Build(Options(workspace, at)), at, output, cancel);
            })
            .WithExamples("./cityops tiles --port 8081", "./cityops tiles --urls http://localhost:8081");
    }

    static Option<string> Urls() => new("--urls") { HelpName = "urls", Description = Texts.Both("监听地址，多个以分号隔开", "addresses to listen on, separated by semicolons"), DefaultValueFactory = _ => "http://localhost:8080" };

    static async Task ImportSample(Workspace workspace, Output output, CancellationToken cancel)
    {
        var folder = Path.Combine(CommandContext.Root, ".data", "sample");
        if (!File.Exists(Path.Combine(folder, "sample.json")))
            await output.WithProgress(progress => SampleCommand.Write(new(folder, SampleScale.Demo, Defects: false), progress, cancel));
        var importer = new Importer(workspace.Source, workspace.Catalog);
        foreach (var (file, layer) in SampleCity.Files)
        {
            if (await HasRows(workspace, layer, cancel))
                continue;
            var result = await output.WithProgress(progress => importer.Import(Path.Combine(folder, file), new DeliverySettings { LayerId = layer }, accept: true, progress: new ImportCommands.Steps(progress), cancel: cancel));
            if (result.Batch is null)
                throw new CommandException(result.Reasons[0]);
            output.Say($"{workspace.Catalog.Find(layer)!.Title.Zh}：{result.Batch.Counts.Accepted:N0} 条", $"{workspace.Catalog.Find(layer)!.Title.En}: {result.Batch.Counts.Accepted:N0}");
        }
    }

    static async Task<bool> HasRows(Workspace workspace, string layer, CancellationToken cancel)
    {
        await using var command = workspace.Source.CreateCommand($"select exists (select from {PostGis.SqlName.Table(layer)})");
        return await command.ExecuteScalarAsync(cancel) is true;
    }

    static async Task<int> Serve(Workspace workspace, string urls, Output output, CancellationToken cancel, bool isDemo = false)
    {
        await using var keeper = workspace.KeepDatabase(output);
        var host = GisWebHost.Build(Options(workspace, urls));
        if (isDemo)
        {
            await FirstPeople.MakeDemo(host.Services, output, cancel);
            if (await DemoDetections.Make(host.Services, cancel) is > 0 and var made)
                output.Say($"视频识别：{made} 条示例", $"Detections: {made} made up");
            await FirstWork.MakeDemo(host.Services, cancel);
        }
        await FirstPeople.EnsureAdministrator(host.Services, output, cancel);
        return await Run(host, urls, output, cancel, isDemo);
    }

    static GisWebOptions Options(Workspace workspace, string urls) => Options(workspace, urls, SafetySettings.Read(urls));

    static GisWebOptions Options(Workspace workspace, string urls, SafetyOptions safety) => new()
    {
        ConnectionString = workspace.ConnectionString, LayerFolders = Workspace.LayerFolders, Urls = urls,
        Engine = EngineSettings.Engine(workspace.ConnectionString), Serving = EngineSettings.Serving(), Exports = ExportSettings.Read(), ProjectedCrs = CityProjection.FromEnvironment(), BaseMaps = BaseMapSettings.Read(), Access = Access.AccessSettings.Read(), Imports = Imports.ImportOptions.FromEnvironment(), Safety = safety, Devices = DeviceSettings.Read(safety.Certificate is not null), Patrols = PatrolOptions.FromEnvironment(), Retention = Retention.RetentionOptions.FromEnvironment(),
    };

    static async Task<int> Run(WebApplication host, string urls, Output output, CancellationToken cancel, bool isDemo = false)
    {
        await using (host)
        {
            try
            {
                await host.StartAsync(cancel);
            }
            catch (IOException fault) when (fault.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
            {
                throw new CommandException(new($"{urls} 已被占用，请用 --urls 换一个端口。", $"{urls} is in use; choose another port with --urls."));
            }
            output.Say($"已启动：{string.Join(" ", host.Urls)}（Ctrl+C 停止）", $"Serving {string.Join(" ", host.Urls)} (Ctrl+C stops it)");
            if (SafetySettings.IsOpenToEavesdroppers(urls, host.Services.GetRequiredService<SafetyOptions>()))
                output.Fault(new($"注意：按 {SafetySettings.Unencrypted} 的设置，密码与数据以明文经过网络。", $"Mind: passwords and data cross the network in the clear, as {SafetySettings.Unencrypted} says."));
            if (host.Services.GetService<MqttBroker>() is { Port: { } port } && host.Services.GetRequiredService<DeviceOptions>() is var devices)
            {
                output.Say($"MQTT：{devices.Broker!.Address} 端口 {port}", $"MQTT at {devices.Broker!.Address}, port {port}");
                if (DeviceSettings.IsOpenToEavesdroppers(devices))
                    output.Fault(new($"注意：按 {SafetySettings.Unencrypted} 的设置，设备的密钥与数据以明文经过网络。", $"Mind: the devices' keys and data cross the network in the clear, as {SafetySettings.Unencrypted} says."));
            }
            // Its devices go on reporting for as long as it is looked at.
            var reporting = isDemo ? DemoReadings.Report(host.Services, host.Lifetime.ApplicationStopping) : Task.CompletedTask;
            await host.WaitForShutdownAsync(cancel);
            await reporting;
        }
        return ExitCode.Done;
    }
}
