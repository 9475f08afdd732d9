using System.Diagnostics;
using System.Globalization;
using System.Net;
using CityOps.Gis.Testing;
using CityOps.Gis.Web;
using CityOps.Gis.Web.Access;

namespace CityOps.Gis.Benchmarks;

/// <summary>The product's host with its MQTT broker on a port of its own, in a process that may be killed and started again.</summary>
sealed class DeviceServerChild(string connection, int port) : IDisposable
{
    Process? _process;

    /// <summary>Seconds of processor of all its lives but those that were killed.</summary>
    public double ProcessorSeconds
    {
        get
        {
            _process!.Refresh();
            return _process.TotalProcessorTime.TotalSeconds;
        }
    }

    public long PeakBytes
    {
        get
        {
            _process!.Refresh();
            return _process.PeakWorkingSet64;
        }
    }

    /// <summary>Returns when it takes messages.</summary>
    public void Start()
    {
        _process = Process.Start(new ProcessStartInfo("dotnet", [typeof(DeviceServerChild).Assembly.Location, "device-server", connection, port.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true, RedirectStandardInput = true })!;
        var process = _process;
        while (process.StandardOutput.ReadLine() is { } line && !line.StartsWith(ServerChild.Ready, StringComparison.Ordinal))
            continue;
        // What it says meanwhile is not to fill the pipe.
        _ = Task.Run(() => process.StandardOutput.ReadToEndAsync());
    }

    /// <summary>kill -9.</summary>
    public void Kill()
    {
        _process!.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (_process is { HasExited: false })
            Kill();
        _process?.Dispose();
    }

    /// <summary>The child itself.</summary>
    public static async Task<int> Serve(string[] arguments)
    {
        await using var host = GisWebHost.Build(new()
        {
            ConnectionString = arguments[0], LayerFolders = [Path.Combine(AppContext.BaseDirectory, "layers")], Urls = "http://127.0.0.1:0", Access = AccessOptions.TrustEverybody,
            Devices = new() { Broker = new(IPAddress.Loopback, int.Parse(arguments[1], CultureInfo.InvariantCulture)) },
        });
        await host.StartAsync();
        Console.WriteLine(ServerChild.Ready + host.Urls.First());
        await Console.In.ReadToEndAsync();
        await host.StopAsync();
        return 0;
    }
}
