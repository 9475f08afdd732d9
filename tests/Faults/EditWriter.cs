using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace CityOps.Gis.Testing.Faults;

/// <summary>
/// Somebody who edits one feature again and again over the API: writes 1, 2, 3 … as its name, each from the version before. Knows what was confirmed and what was sent.
/// </summary>
public sealed class EditWriter(Uri root, long fid)
{
    readonly string _item = $"/ogc/collections/cameras/items/{fid}";

    /// <summary>The numbers that the product said are written.</summary>
    public List<int> Confirmed { get; } = [];

    /// <summary>The last number that was sent.</summary>
    public int Sent { get; private set; }

    /// <summary>Refusals that say why, as people read them.</summary>
    public List<string> Sentences { get; } = [];

    /// <summary>Writes until the token is cancelled; what does not come through is tried again from what is there.</summary>
    public async Task Write(CancellationToken stop)
    {
        using var http = new HttpClient { BaseAddress = root, Timeout = TimeSpan.FromSeconds(10) };
        while (!stop.IsCancellationRequested)
            try
            {
                await WriteOne(http);
            }
            catch (Exception fault) when (fault is HttpRequestException or IOException or TaskCanceledException)
            {
                await Task.Delay(50, CancellationToken.None);
            }
    }

    async Task WriteOne(HttpClient http)
    {
        using var there = await http.GetAsync(_item);
        if (!there.IsSuccessStatusCode)
        {
            Sentences.Add(await there.Content.ReadAsStringAsync());
            await Task.Delay(50);
            return;
        }
        Sent++;
        using var patch = new HttpRequestMessage(HttpMethod.Patch, _item)
        {
            Content = new StringContent(string.Create(CultureInfo.InvariantCulture, $$$"""{"properties":{"name":"{{{Sent}}}"}}"""), Encoding.UTF8, new MediaTypeHeaderValue("application/merge-patch+json")),
        };
        patch.Headers.TryAddWithoutValidation("If-Match", there.Headers.ETag!.ToString());
        using var answer = await http.SendAsync(patch);
        if (answer.IsSuccessStatusCode)
            Confirmed.Add(Sent);
        else
            Sentences.Add(await answer.Content.ReadAsStringAsync());
    }
}
