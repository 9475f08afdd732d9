using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using CityOps.Gis.Access;

namespace CityOps.Gis.Testing.Faults.Simulation;

/// <summary>
/// Somebody at work, over HTTP like everybody: looks at what waits for him, takes some of it, and does with each case what the product says he may, as people do: mostly the straight
/// way, now and then a side path.
/// </summary>
public sealed class Actor(Role role, Uri root, string key, Random random) : IDisposable
{
    const double ConfirmedShare = 0.6, RejectedShare = 0.25;
    readonly HttpClient _http = new() { BaseAddress = root, DefaultRequestHeaders = { { "X-Api-Key", key } }, Timeout = TimeSpan.FromMinutes(2) };

    // How likely a move is where it can be made; what is not here is done always. The rest of the time he does nothing and comes back.
    static readonly Dictionary<string, double> s_seldom = new()
    {
        ["void"] = 0.05, ["self-handle"] = 0.03, ["ask-confirm"] = 0.3, ["recall"] = 0.01, ["ask-delay"] = 0.06, ["ask-return"] = 0.05, ["ask-hang-up"] = 0.04, ["deny-delay"] = 0.25,
        ["deny-return"] = 0.3, ["refuse-duty"] = 0.15, ["deny-hang-up"] = 0.3, ["end-hang-up"] = 0.3, ["ask-inspect"] = 0.3, ["rework"] = 0.08, ["supervise"] = 0.02, ["evaluate"] = 0.5, ["accept"] = 0.9, ["feed-back"] = 0.5,
    };

    // A confirmed or inspected case would be asked for again and again.
    static readonly HashSet<string> s_straight = ["confirm", "inspect", "file", "dispatch", "accept", "feed-back", "close", "grant-delay", "return", "hang-up"];

    public Role Role => role;
    public int Made { get; private set; }

    /// <summary>Scenes that he has made cases of.</summary>
    public int Confirmed { get; private set; }

    /// <summary>Moves that another was faster with, or that the rules refused.</summary>
    public Dictionary<string, int> Refused { get; } = [];

    public async Task Report(string classCode, double longitude, double latitude, string source)
    {
        using var answer = await _http.PostAsJsonAsync("/api/cases", new { classCode, note = "模拟上报", longitude, latitude, source, token = Guid.NewGuid() });
        await Count(answer);
    }

    /// <returns>Was it taken?</returns>
    public async Task<bool> Send(string deviceId, object reading)
    {
        using var answer = await _http.PostAsJsonAsync($"/api/devices/readings/{deviceId}", reading);
        return answer.IsSuccessStatusCode;
    }

    /// <summary>A recogniser's message, as a form with a picture.</summary>
    /// <returns>What became of it; null where it was refused.</returns>
    public async Task<string?> SendSeen(IReadOnlyDictionary<string, string> fields)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(Photos.Any), "picture", "frame.jpg" } };
        foreach (var (field, value) in fields)
            form.Add(new StringContent(value), field);
        using var answer = await _http.PostAsync("/api/detections", form);
        await Count(answer);
        return answer.IsSuccessStatusCode ? JsonDocument.Parse(await answer.Content.ReadAsStreamAsync()).RootElement.GetProperty("outcome").GetString() : null;
    }

    /// <summary>A recogniser's word that nothing of a kind is to be seen any more.</summary>
    public async Task SendClear(string camera, string kind, DateTimeOffset at)
    {
        using var answer = await _http.PostAsJsonAsync("/api/detections/clear", new { camera, kind, at });
        await Count(answer);
    }

    /// <summary>Looks at what cameras have seen where he is: much of it becomes a case, some is nothing.</summary>
    public async Task Decide(int most)
    {
        using var waiting = await Read("/api/detections?state=waiting");
        foreach (var fid in waiting.RootElement.GetProperty("detections").EnumerateArray().Select(scene => scene.GetProperty("fid").GetInt64()).Take(most).ToList())
            if (random.NextDouble() is var chance && (chance < ConfirmedShare ? "confirm" : chance < ConfirmedShare + RejectedShare ? "reject" : null) is { } decision)
            {
                using var answer = await _http.PostAsync($"/api/detections/{fid}/{decision}", null);
                await Count(answer);
                if (answer.IsSuccessStatusCode && decision == "confirm")
                    Confirmed++;
            }
    }

    /// <summary>Works through what waits for him.</summary>
    /// <param name="most">Cases that he manages.</param>
    public async Task Work(int most)
    {
        using var tasks = await Read("/api/cases/tasks");
        var waiting = tasks.RootElement.GetProperty("tasks").EnumerateArray().Select(task => task.GetProperty("fid").GetInt64()).ToArray();
        // Colleagues with the same list do not all begin at its top.
        random.Shuffle(waiting);
        foreach (var fid in waiting.Take(most))
            await Move(fid);
    }

    /// <summary>Works on cases of a stage that waits for nobody: those that are hung up, those that are closed.</summary>
    public async Task WorkOn(string stage, int most)
    {
        using var found = await Read($"/ogc/collections/cases/items?limit={most}&filter={Uri.EscapeDataString($"status = '{stage}'")}");
        foreach (var fid in found.RootElement.GetProperty("features").EnumerateArray().Select(feature => feature.GetProperty("id").GetInt64()).ToList())
            await Move(fid);
    }

    public async Task<JsonDocument> Read(string path)
    {
        using var answer = await _http.GetAsync(path);
        answer.EnsureSuccessStatusCode();
        return JsonDocument.Parse(await answer.Content.ReadAsStreamAsync());
    }

    public Task<byte[]> Bytes(string path) => _http.GetByteArrayAsync(path);

    public void Dispose() => _http.Dispose();

    async Task Move(long fid)
    {
        using var answer = await _http.GetAsync($"/api/cases/{fid}");
        // It went to another department meanwhile.
        if (!answer.IsSuccessStatusCode)
            return;
        using var state = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync());
        var open = state.RootElement.GetProperty("open").EnumerateArray().Select(move => move.GetString()!).ToList();
        if (Choose(open) is not { } move)
            return;
        var department = state.RootElement.GetProperty("department").GetString() ?? SimulatedCity.DepartmentCodes[random.Next(SimulatedCity.DepartmentCodes.Count)];
        using var form = new MultipartFormDataContent
        {
            { new StringContent(move), "move" }, { new StringContent(state.RootElement.GetProperty("moves").GetInt32().ToString(CultureInfo.InvariantCulture)), "after" }, { new StringContent("模拟办理"), "note" },
        };
        if (move == "dispatch")
            form.Add(new StringContent(department), "department");
        if (move is "ask-delay" or "grant-delay")
            form.Add(new StringContent((60 * random.Next(1, 9)).ToString(CultureInfo.InvariantCulture)), "delayMinutes");
        if (move == "self-handle")
            form.Add(new ByteArrayContent(Photos.Any), "photo", "photo.jpg");
        using var done = await _http.PostAsync($"/api/cases/{fid}/moves", form);
        await Count(done);
    }

    // The side paths each have their chance; else the straight way.
    string? Choose(List<string> open)
    {
        foreach (var move in open.Where(move => !s_straight.Contains(move)))
            if (random.NextDouble() < s_seldom.GetValueOrDefault(move, 1))
                return move;
        return open.Where(s_straight.Contains).FirstOrDefault(move => random.NextDouble() < s_seldom.GetValueOrDefault(move, 1));
    }

    async Task Count(HttpResponseMessage answer)
    {
        if (answer.IsSuccessStatusCode)
        {
            Made++;
            return;
        }
        var text = await answer.Content.ReadAsStringAsync();
        var why = text.StartsWith('{') ? JsonDocument.Parse(text).RootElement.GetProperty("type").GetString()! : answer.StatusCode.ToString();
        Refused[why] = Refused.GetValueOrDefault(why) + 1;
    }
}
