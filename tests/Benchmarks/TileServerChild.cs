using System.Diagnostics;
using System.Globalization;
using CityOps.Gis.PostGis;
using CityOps.Gis.Tiles.Following;
using CityOps.Gis.Tiles.Serving;
using CityOps.Gis.Tiles.Snapshots;
using CityOps.Gis.Tiling;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CityOps.Gis.Benchmarks;

/// <summary>A tile server in a process of its own, over a snapshot file: what is measured shares no memory with who measures.</summary>
sealed class TileServerChild : IDisposable
{
    const string Ready = "serving ";
    readonly Process _process;

    /// <param name="isWhole">Features at every zoom, instead of the product's limits.</param>
    public TileServerChild(string snapshot, bool isWhole, long cacheBytes)
    {
        string[] arguments = [typeof(TileServerChild).Assembly.Location, "tile-server", snapshot, isWhole ? "whole" : "limits", cacheBytes.ToString(CultureInfo.InvariantCulture)];
        _process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardInput = true })!;
        Url = _process.StandardOutput.ReadLine() is { } line && line.StartsWith(Ready, StringComparison.Ordinal)
            ? line[Ready.Length..]
            : throw new InvalidOperationException("The tile server did not start.");
    }

    public string Url { get; }

    public long MemoryBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    public double ProcessorSeconds
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime.TotalSeconds;
        }
    }

    /// <summary>The child itself; it ends when its input does.</summary>
    public static async Task<int> Serve(string[] arguments)
    {
        var (file, limits) = (arguments[0], arguments[1] == "whole" ? TileLimits.None : TileLimits.Default);
        // Memory answers everything; nobody opens this.
        await using var source = Connections.Open("Host=/nowhere");
        var live = new LiveLayers(BenchDatabase.Catalog);
        var components = live.Find("components")!;
        components.Publish(LayerView.Of(SnapshotFile.Open(file, components.Definition) ?? throw new InvalidOperationException($"{file} is no snapshot of components.")));
        components.Set(LayerState.Live);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0").UseTileKestrel();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton(BenchDatabase.Catalog).AddSingleton(source).AddSingleton(new TileQuery(source, limits)).AddSingleton(live).AddSingleton(limits)
            .AddSingleton(new TileServingOptions { CacheBytes = long.Parse(arguments[2], CultureInfo.InvariantCulture) });
        await using var app = builder.Build();
        app.MapTiles();
        await app.StartAsync();
        Console.WriteLine(Ready + app.Urls.First());
        await Console.In.ReadToEndAsync();
        return 0;
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
