using System.Diagnostics;
using System.Globalization;
using CityOps.Gis.Tiles.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CityOps.Gis.Benchmarks;

/// <summary>A server in a process of its own: what is measured shares no memory with who measures.</summary>
sealed class ServerChild : IDisposable
{
    /// <summary>A child says this and its address when it can be asked.</summary>
    public const string Ready = "serving ";

    /// <summary>It says this and a number of bytes when it is told anything.</summary>
    public const string Heap = "heap ";
    readonly Process _process;

    /// <param name="arguments">To this program, of a command that ends in <see cref="Serve"/>.</param>
    public ServerChild(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(ServerChild).Assembly.Location, .. arguments]) { RedirectStandardOutput = true, RedirectStandardInput = true };
        // As web programs have it.
        if (arguments[0] is "web-server" or "scoped-server")
            start.Environment["DOTNET_gcServer"] = "1";
        _process = Process.Start(start)!;
        Url = _process.StandardOutput.ReadLine() is { } line && line.StartsWith(Ready, StringComparison.Ordinal)
            ? line[Ready.Length..]
            : throw new InvalidOperationException($"The server did not start: {string.Join(' ', arguments)}");
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

    /// <summary>The most it ever had.</summary>
    public long PeakBytes
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64;
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

    /// <summary>Objects that are in use: what is left when nothing more can be collected. Of a child by <see cref="WebServerChild"/>.</summary>
    public long HeapBytes()
    {
        _process.StandardInput.WriteLine();
        for (var line = _process.StandardOutput.ReadLine(); line is not null; line = _process.StandardOutput.ReadLine())
            if (line.StartsWith(Heap, StringComparison.Ordinal))
                return long.Parse(line[Heap.Length..], CultureInfo.InvariantCulture);
        throw new InvalidOperationException("The server has ended.");
    }

    /// <summary>The child's side: tiles on a free port until its input ends.</summary>
    /// <param name="use">What stands before the tiles.</param>
    public static async Task Serve(Action<IServiceCollection> configure, Action<WebApplication>? use = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0").UseTileKestrel();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        configure(builder.Services);
        await using var app = builder.Build();
        use?.Invoke(app);
        app.MapTiles();
        await app.StartAsync();
        Console.WriteLine(Ready + app.Urls.First());
        await Console.In.ReadToEndAsync();
        await app.StopAsync();
    }

    /// <summary>Ends the child in order.</summary>
    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
