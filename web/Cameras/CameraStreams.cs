using System.Net.Http.Headers;
using System.Text;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Cameras;
using Microsoft.AspNetCore.Mvc;

namespace CityOps.Gis.Web.Cameras;

/// <summary>
/// Hands on the streams of cameras (HLS, RFC 8216), so that a browser talks to this server alone and is never told where a stream comes from. Only what lies in the folder of the
/// stream's own address, on its host, is fetched; answers are bounded in size and time, and are told to be video, audio or playlists whatever the gateway says.
/// </summary>
sealed class CameraStreams(StreamGuard guard, StreamOptions options, ILogger<CameraStreams> log) : IDisposable
{
    const long MostBytes = 32 << 20;
    const int Chunk = 64 << 10;
    const string PlaylistType = "application/vnd.apple.mpegurl";

    static readonly Dictionary<string, string> s_types = new(StringComparer.OrdinalIgnoreCase)
    {
        [".m3u8"] = PlaylistType, [".ts"] = "video/mp2t", [".m4s"] = "video/mp4", [".mp4"] = "video/mp4", [".m4v"] = "video/mp4", [".cmfv"] = "video/mp4", [".m4a"] = "audio/mp4", [".cmfa"] = "audio/mp4",
        [".aac"] = "audio/aac", [".mp3"] = "audio/mpeg", [".vtt"] = "text/vtt", [".key"] = "application/octet-stream",
    };

    readonly HttpClient _client = guard.Client();

    public void Dispose() => _client.Dispose();

    /// <summary>Answers with a part of a camera's stream.</summary>
    /// <param name="path">From the stream's folder; empty for the stream's own address.</param>
    public async Task<IResult> Part(CameraNow camera, string path, HttpContext context)
    {
        if (camera.Stream is null || !camera.IsPlayable)
            return Problem(StatusCodes.Status409Conflict, "not-playable", NotPlayable);
        var stream = new Uri(camera.Stream);
        var folder = Playlist.FolderOf(stream);
        var part = path.Length == 0 ? stream : new Uri(folder, string.Join('/', path.Split('/').Select(Uri.EscapeDataString)) + context.Request.QueryString);
        if (!Playlist.IsIn(folder, part) || TypeOf(part, path) is not { } type)
            return Problem(StatusCodes.Status404NotFound, "no-such-part", new("视频流没有这一部分。", "The stream has no such part."));
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        soon.CancelAfter(options.Patience);
        try
        {
            using var answer = await _client.SendAsync(Request(stream, part, context.Request), HttpCompletionOption.ResponseHeadersRead, soon.Token);
            return !answer.IsSuccessStatusCode ? Problem(StatusCodes.Status502BadGateway, "stream-fault", Says((int)answer.StatusCode))
                : type == PlaylistType ? await HandOn(answer, part, folder, $"/api/cameras/{camera.Fid}/stream/", soon.Token) : await HandOn(answer, type, context);
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            return Problem(StatusCodes.Status504GatewayTimeout, "stream-silent", new("视频网关没有应答。", "The media gateway does not answer."));
        }
        catch (HttpRequestException fault)
        {
            log.LogWarning("The stream of camera {Camera} cannot be reached: {Why}", camera.CameraId, fault.InnerException?.Message ?? fault.Message);
            return Problem(StatusCodes.Status502BadGateway, "stream-fault", new("连接不到视频网关。", "The media gateway cannot be reached."));
        }
    }

    // By the address, not by what the gateway says: nothing that a browser would run is handed on.
    static string? TypeOf(Uri part, string path) => path.Length == 0 ? PlaylistType : s_types.GetValueOrDefault(Path.GetExtension(part.AbsolutePath));

    static HttpRequestMessage Request(Uri stream, Uri part, HttpRequest asked)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new UriBuilder(part) { UserName = "", Password = "" }.Uri);
        if (stream.UserInfo.Length > 0)
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(stream.UserInfo))));
        if (RangeHeaderValue.TryParse(asked.Headers.Range, out var range))
            request.Headers.Range = range;
        return request;
    }

    static async Task<IResult> HandOn(HttpResponseMessage answer, Uri own, Uri folder, string served, CancellationToken cancel)
    {
        using var body = new MemoryStream();
        return await Copy(await answer.Content.ReadAsStreamAsync(cancel), body, Playlist.MostBytes, cancel) && Playlist.Moved(Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length), own, folder, served) is { } moved
            ? Results.Text(moved, PlaylistType)
            : Problem(StatusCodes.Status502BadGateway, "stream-fault", new("视频地址给出的不是本目录内的 HLS 播放列表。", "What the stream's address gives is no HLS playlist of its own folder."));
    }

    static async Task<IResult> HandOn(HttpResponseMessage answer, string type, HttpContext context)
    {
        if (answer.Content.Headers.ContentLength > MostBytes)
            return Problem(StatusCodes.Status502BadGateway, "stream-fault", new("视频分片过大。", "A part of the stream is too large."));
        (context.Response.StatusCode, context.Response.ContentType, context.Response.ContentLength) = ((int)answer.StatusCode, type, answer.Content.Headers.ContentLength);
        if (answer.Content.Headers.ContentRange is { } range)
            context.Response.Headers.ContentRange = range.ToString();
        if (!await Copy(await answer.Content.ReadAsStreamAsync(context.RequestAborted), context.Response.Body, MostBytes, context.RequestAborted))
            context.Abort();
        return Results.Empty;
    }

    // False where there is more than so many bytes.
    static async Task<bool> Copy(Stream from, Stream to, long most, CancellationToken cancel)
    {
        var buffer = new byte[Chunk];
        for (int read; (read = await from.ReadAsync(buffer, cancel)) > 0; most -= read)
            if (read > most)
                return false;
            else
                await to.WriteAsync(buffer.AsMemory(0, read), cancel);
        return true;
    }

    static LocalText NotPlayable => new("该摄像头没有浏览器可播放的视频地址（HLS）；RTSP 须由媒体网关转换。", "The camera has no stream that a browser can play (HLS); a media gateway has to turn RTSP into it.");

    static LocalText Says(int status) => new($"视频网关答复 {status}。", $"The media gateway answers {status}.");

    static IResult Problem(int status, string code, LocalText sentence)
        => Results.Problem(new ProblemDetails { Status = status, Type = "urn:cityops:" + code, Title = code, Detail = sentence.In(UiLanguage.Current) });
}
