using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using SkiaSharp;

namespace CityOps.Gis.Tests.Web.Api.BaseMaps;

/// <summary>A server of tiles <c>/{z}/{x}/{y}</c>: each is a picture of one colour, told by its column and row. It can be made to fall silent.</summary>
sealed class FakeTileServer : IAsyncDisposable
{
    readonly WebApplication _app;

    FakeTileServer(WebApplication app) => _app = app;

    public string Url => $"{_app.Urls.First()}/{{z}}/{{x}}/{{y}}";
    public ConcurrentBag<string> Asked { get; } = [];
    public bool IsSilent { get; set; }

    public static async Task<FakeTileServer> Start()
    {
        var app = WebApplication.CreateSlimBuilder().Build();
        app.Urls.Add("http://127.0.0.1:0");
        var server = new FakeTileServer(app);
        app.MapGet("/{z:int}/{x:int}/{y:int}", async (int z, int x, int y) =>
        {
            server.Asked.Add($"{z}/{x}/{y}");
            await Task.Delay(20);
            return server.IsSilent ? Results.StatusCode(503) : y == 0 ? Results.NotFound() : Results.Bytes(Picture(ColorOf(x, y)), "image/png");
        });
        await app.StartAsync();
        return server;
    }

    public static SKColor ColorOf(int x, int y) => new((byte)(x % 256), (byte)(y % 256), 77);

    public static byte[] Picture(SKColor color)
    {
        using var bitmap = new SKBitmap(256, 256);
        bitmap.Erase(color);
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
