using System.IO.Compression;
using System.IO.Hashing;
using System.Net.Http.Json;
using System.Text.Json;
using CityOps.Gis.Access;
using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.SurveyImport.Loading;
using CityOps.Gis.SurveyImport.Mapping;
using CityOps.Gis.Testing;
using CityOps.Gis.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CityOps.Gis.Tests.Web.Imports;

/// <summary>
/// The product's host over <see cref="SmallCity"/>, with the worker that imports in the background, and a browser's way to bring it files. Who calls is an administrator,
/// or one of <see cref="People"/> whom the header <c>X-Person</c> names.
/// </summary>
public sealed class ImportServer : IAsyncLifetime
{
    public const int ChunkBytes = 10_000;

    readonly TempFolder _uploads = new(), _files = new();
    readonly PostGisDatabase _database = new();
    WebApplication? _app;
    int _made;

    public Dictionary<string, Caller> People { get; } = [];
    public PostGisDatabase Database => _database;
    public HttpClient Http { get; private set; } = null!;
    public ImportJobStore Jobs => new(Database.Source);
    public BatchStore Batches => new(Database.Source);

    /// <summary>Program and arguments that look at deliveries from the next <see cref="Start"/> on.</summary>
    public IReadOnlyList<string> Scanner { get; set; } = [];
    public string UploadFolder => _uploads.Path;

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        if (_database.ConnectionString == "")
            return;
        await _database.Run(SmallCity.Sql);
        await Start();
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        await _database.DisposeAsync();
        _uploads.Dispose();
        _files.Dispose();
    }

    public T Service<T>() where T : notnull => _app!.Services.GetRequiredService<T>();

    public async Task Start()
    {
        _app = GisWebHost.Build(new()
        {
            ConnectionString = _database.ConnectionString, LayerFolders = [Path.Combine(AppContext.BaseDirectory, "layers")], Urls = "http://127.0.0.1:0",
            Imports = new() { Folder = _uploads.Path, ChunkBytes = ChunkBytes, MostBytes = 2_000_000, Scanner = Scanner },
            Access = new() { Trusted = context => People.GetValueOrDefault(context.Request.Headers["X-Person"].ToString(), TrustedAccess.Everybody) },
        });
        await _app.StartAsync();
        Http = new() { BaseAddress = new(_app.Urls.First()) };
    }

    public async Task Stop()
    {
        if (_app is null)
            return;
        Http.Dispose();
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await _app.StopAsync(soon.Token);
        await _app.DisposeAsync();
        _app = null;
    }

    /// <summary>A browser of one of <see cref="People"/>.</summary>
    public HttpClient BrowserOf(string person) => new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = Http.BaseAddress, DefaultRequestHeaders = { { "X-Person", person }, { "Accept-Language", "en" } } };

    /// <summary>A zip with a shapefile of lamps in GBK.</summary>
    public byte[] Zip(IEnumerable<SmallSurvey.Lamp> lamps)
    {
        var folder = _files.File($"{++_made}");
        SmallSurvey.Write(Path.Combine(folder, "路灯"), lamps);
        ZipFile.CreateFromDirectory(folder, folder + ".zip", CompressionLevel.NoCompression, includeBaseDirectory: false);
        return File.ReadAllBytes(folder + ".zip");
    }

    public Task<JsonElement> Begin(params (string Path, byte[] Content)[] files) => Begin(Http, files);

    public async Task<JsonElement> Begin(HttpClient browser, params (string Path, byte[] Content)[] files)
    {
        _ = Database.Source;
        using var answer = await browser.PostAsJsonAsync("/api/imports/uploads", new { files = files.Select(file => new { path = file.Path, size = file.Content.Length, modified = 1 }) });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    public async Task<HttpResponseMessage> Patch(string id, long offset, byte[] chunk, uint? crc32 = null, HttpClient? browser = null)
    {
        var checksum = BitConverter.GetBytes(crc32 ?? Crc32.HashToUInt32(chunk)).Reverse().ToArray();
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"/api/imports/uploads/{id}") { Content = new ByteArrayContent(chunk) };
        request.Content.Headers.ContentType = new("application/offset+octet-stream");
        request.Headers.Add("Upload-Offset", $"{offset}");
        request.Headers.Add("Upload-Checksum", $"crc32 {Convert.ToBase64String(checksum)}");
        return await (browser ?? Http).SendAsync(request);
    }

    /// <summary>Brings a zip whole and waits until it is inspected, or stands otherwise.</summary>
    public async Task<ImportJob> Bring(string name, byte[] zip, HttpClient? browser = null, ImportJobState ends = ImportJobState.Found)
    {
        var begun = await Begin(browser ?? Http, (name, zip));
        var id = begun.GetProperty("files")[0].GetProperty("id").GetString()!;
        for (var offset = 0; offset < zip.Length; offset += ChunkBytes)
        {
            using var answer = await Patch(id, offset, zip[offset..Math.Min(zip.Length, offset + ChunkBytes)], browser: browser);
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        }
        return await Comes(begun.GetProperty("job").GetInt64(), ends);
    }

    /// <summary>Has a job do something, with the day against which dates are checked.</summary>
    public async Task Queue(ImportJob job, ImportTask task)
    {
        if (task == ImportTask.Import)
        {
            var settings = JsonSerializer.Deserialize<DeliverySettings>(job.Settings!, Importer.SettingsFormat)! with { Today = new(2026, 11, 1) };
            await Jobs.SetSettings(job.Id, JsonSerializer.Serialize(settings, Importer.SettingsFormat));
        }
        Assert.True(await Jobs.Queue(job.Id, task));
    }

    public async Task<ImportJob> Comes(long id, params ImportJobState[] states)
    {
        ImportJob? job = null;
        for (var left = 300; left > 0; left--, await Task.Delay(100))
            if ((job = await Jobs.Find(id)) is not null && states.Contains(job.State))
                return job;
        Assert.Fail($"Job {id} is {job?.State} ({job?.Task}, {job?.Step}, {job?.Fault?.En}), and does not become {string.Join(" or ", states)}.");
        return job!;
    }
}
