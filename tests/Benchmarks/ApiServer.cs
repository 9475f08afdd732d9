using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace CityOps.Gis.Benchmarks;

/// <summary>The product (<see cref="WebServerChild"/>) over a database of the bench's, once the layer that is asked for is in memory.</summary>
sealed class ApiServer : IDisposable
{
    const int MostSeconds = 600;
    readonly ServerChild _child;
    readonly HttpClient _client;

    public ApiServer(string connection)
    {
        _child = new("web-server", connection);
        _client = new() { BaseAddress = new(Url), Timeout = TimeSpan.FromMinutes(2) };
    }

    public string Url => _child.Url;
    public long MemoryBytes => _child.MemoryBytes;

    /// <inheritdoc cref="ServerChild.HeapBytes"/>
    public long HeapBytes() => _child.HeapBytes();

    public double ProcessorSeconds => _child.ProcessorSeconds;

    /// <summary>What requests took.</summary>
    /// <param name="Milliseconds">Of each request to the last byte of its answer, ascending.</param>
    /// <param name="Exact">Answers whose count is exact.</param>
    /// <param name="Slowest">The path that took most.</param>
    public sealed record Result(double[] Milliseconds, long Bytes, long Features, int Exact, int Errors, string Slowest);

    /// <summary>Waits until memory follows a layer; false where it does not come.</summary>
    public async Task<bool> IsLive(string layer)
    {
        for (var begun = Stopwatch.StartNew(); begun.Elapsed.TotalSeconds < MostSeconds; await Task.Delay(500))
        {
            using var catalogue = JsonDocument.Parse(await _client.GetStringAsync("/tiles"));
            var state = catalogue.RootElement.GetProperty("layers").EnumerateArray().First(one => one.GetProperty("id").ValueEquals(layer)).GetProperty("state").GetString();
            if (state is "live" or "too-large" or "unfollowed")
                return state == "live";
        }
        return false;
    }

    /// <summary>Asks for one path after the other.</summary>
    public async Task<Result> Times(IEnumerable<string> paths, HttpMethod method)
    {
        var (times, bytes, features, exact, errors, buffer) = (new List<(double Milliseconds, string Path)>(), 0L, 0L, 0, 0, new byte[1 << 16]);
        foreach (var path in paths)
        {
            var begun = Stopwatch.GetTimestamp();
            using var response = await _client.SendAsync(new(method, path), HttpCompletionOption.ResponseHeadersRead);
            await using var body = await response.Content.ReadAsStreamAsync();
            for (var read = await body.ReadAsync(buffer); read > 0; read = await body.ReadAsync(buffer))
                bytes += read;
            times.Add((Stopwatch.GetElapsedTime(begun).TotalMilliseconds, path));
            errors += response.IsSuccessStatusCode ? 0 : 1;
            exact += response.Headers.TryGetValues("X-CityOps-NumberMatched-Kind", out var kind) && kind.First() == "exact" ? 1 : 0;
            features += response.Headers.TryGetValues("OGC-NumberMatched", out var matched) ? Math.Min(1000, long.Parse(matched.First(), CultureInfo.InvariantCulture)) : 0;
        }
        times.Sort();
        return new([.. times.Select(time => time.Milliseconds)], bytes, features, exact, errors, Uri.UnescapeDataString(times[^1].Path));
    }

    public void Dispose()
    {
        _client.Dispose();
        _child.Dispose();
    }
}
