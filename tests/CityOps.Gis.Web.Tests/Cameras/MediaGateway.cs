using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace CityOps.Gis.Tests.Web.Cameras;

/// <summary>A media gateway on a free port of this machine with a stream, and with what a bad one may answer; it keeps what it was asked.</summary>
public sealed class MediaGateway : IAsyncLifetime
{
    WebApplication? _host;

    /// <summary>Address without a slash at its end.</summary>
    public string Root => _host!.Urls.First();

    public List<string> Asked { get; } = [];

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _host = builder.Build();
        _host.Run(Answer);
        await _host.StartAsync();
    }

    public ValueTask DisposeAsync() => _host?.DisposeAsync() ?? ValueTask.CompletedTask;

    async Task Answer(HttpContext context)
    {
        lock (Asked)
            Asked.Add(context.Request.Path + context.Request.QueryString + (context.Request.Headers.Authorization is [{ } who] ? " " + who : "") + (context.Request.Headers.Cookie.Count > 0 ? " with cookies" : ""));
        switch (context.Request.Path.Value)
        {
            case "/live/index.m3u8":
                await context.Response.WriteAsync("#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\nseg-1.ts?n=1\n");
                break;
            case "/live/seg-1.ts":
                context.Response.ContentType = "text/html";
                await context.Response.WriteAsync("<script>alert(1)</script>");
                break;
            case "/live/moved.m3u8":
                context.Response.Redirect("/secret/index.m3u8");
                break;
            case "/live/leads-out.m3u8":
                await context.Response.WriteAsync("#EXTM3U\n../secret/seg-1.ts\n");
                break;
            case "/live/huge.m3u8":
                await context.Response.WriteAsync("#EXTM3U\n" + new string('#', 2 << 20));
                break;
            case "/live/huge.ts":
                context.Response.ContentLength = 64L << 20;
                await context.Response.Body.FlushAsync();
                await Silence(context);
                break;
            case "/live/silent.m3u8":
                await Silence(context);
                break;
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                await context.Response.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"nothing at {context.Request.Path}"));
                break;
        }
    }

    // Until who asked has gone.
    static async Task Silence(HttpContext context)
    {
        var gone = new TaskCompletionSource();
        await using var _ = context.RequestAborted.Register(gone.SetResult);
        await gone.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }
}
