using System.IO.Compression;
using System.Net;
using CityOps.Gis.Tests.Web.Api.Ogc;
using CityOps.Gis.Web.Assets;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CityOps.Gis.Tests.Web.Assets;

public sealed class AssetServingTests(OgcServer server) : IClassFixture<OgcServer>
{
    [Fact]
    public async Task A_file_is_kept_for_good_under_the_version_of_all_files_and_asked_for_again_under_any_other()
    {
        Assert.Contains("immutable", await Kept(Assets.Url("app.css")));
        Assert.Contains("immutable", await Kept(Assets.Url("_content/CityOps.Gis.Leaflet/view.js")));
        Assert.Equal("no-cache", await Kept($"{AssetSet.Prefix}/00000000/app.css"));
        Assert.Equal("no-cache", await Kept("/app.css"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/00000000")]
    [InlineData("/00000000/nothing.css")]
    [InlineData("/00000000/tiles")]
    public async Task Nothing_but_files_is_below_a_version(string path)
    {
        using var answer = await server.Http.GetAsync(AssetSet.Prefix + path, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("br, gzip", "br")]
    [InlineData("gzip, deflate", "gzip")]
    [InlineData("br;q=0, gzip", "gzip")]
    [InlineData("identity", null)]
    public async Task A_style_sheet_goes_packed_to_who_takes_it_so_and_unpacks_to_itself(string accepted, string? encoding)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Assets.Url("_content/MudBlazor/MudBlazor.min.css"));
        request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
        using var answer = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(("text/css", encoding), (answer.Content.Headers.ContentType?.MediaType, answer.Content.Headers.ContentEncoding.SingleOrDefault()));
        Assert.Equal(await server.Http.GetByteArrayAsync("/_content/MudBlazor/MudBlazor.min.css", TestContext.Current.CancellationToken), await Unpacked(answer, encoding));
        Assert.Contains("immutable", answer.Headers.CacheControl!.ToString());
        Assert.True(encoding is null || (answer.Content.Headers.ContentLength < 120_000 && answer.Headers.Vary.Contains("Accept-Encoding")));
    }

    AssetSet Assets
    {
        get
        {
            _ = server.Http;
            return server.App.Services.GetRequiredService<AssetSet>();
        }
    }

    static async Task<byte[]> Unpacked(HttpResponseMessage answer, string? encoding)
    {
        await using var packed = await answer.Content.ReadAsStreamAsync();
        await using Stream plain = encoding switch { "br" => new BrotliStream(packed, CompressionMode.Decompress), "gzip" => new GZipStream(packed, CompressionMode.Decompress), _ => packed };
        using var bytes = new MemoryStream();
        await plain.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    async Task<string> Kept(string path)
    {
        using var answer = await server.Http.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return answer.Headers.CacheControl!.ToString();
    }
}
