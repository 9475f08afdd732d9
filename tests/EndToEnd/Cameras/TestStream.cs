using System.Diagnostics;
using CityOps.Gis.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Xunit;

namespace CityOps.Gis.Tests.EndToEnd.Cameras;

/// <summary>A stream (HLS, H.264) of a test picture with a running clock, made by ffmpeg, and a media gateway that gives it.</summary>
sealed class TestStream : IAsyncDisposable
{
    readonly TempFolder _folder = new();
    WebApplication? _host;

    /// <summary>Address of the stream.</summary>
    public string Address => _host!.Urls.First() + "/live/index.m3u8";

    /// <summary>Skips the test where there is no ffmpeg.</summary>
    public static async Task<TestStream> Start()
    {
        var stream = new TestStream();
        await stream.Make();
        await stream.Serve();
        return stream;
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
            await _host.DisposeAsync();
        _folder.Dispose();
    }

    async Task Make()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/ffmpeg"), "/usr/bin/ffmpeg is not there; run ./cityops test.");
        Directory.CreateDirectory(Path.Combine(_folder.Path, "live"));
        string[] arguments =
        [
            "-loglevel", "error", "-f", "lavfi", "-i", "testsrc2=size=640x360:rate=12", "-t", "24", "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "24", "-f", "hls", "-hls_time", "2",
            "-hls_playlist_type", "vod", Path.Combine(_folder.Path, "live", "index.m3u8"),
        ];
        using var ffmpeg = Process.Start(new ProcessStartInfo("/usr/bin/ffmpeg", arguments) { RedirectStandardError = true })!;
        var said = await ffmpeg.StandardError.ReadToEndAsync();
        await ffmpeg.WaitForExitAsync();
        Assert.True(ffmpeg.ExitCode == 0, said);
    }

    async Task Serve()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _host = builder.Build();
        var types = new FileExtensionContentTypeProvider();
        (types.Mappings[".m3u8"], types.Mappings[".ts"]) = ("application/vnd.apple.mpegurl", "video/mp2t");
        _host.UseStaticFiles(new StaticFileOptions { FileProvider = new PhysicalFileProvider(_folder.Path), ContentTypeProvider = types });
        await _host.StartAsync();
    }
}
