using System.Net.Http.Headers;
using Xunit;

namespace CityOps.Gis.Tests.Web.Access;

/// <summary>Somebody who asks the <see cref="SecretCity"/>.</summary>
public sealed class SecretCaller(HttpClient client)
{
    /// <param name="tag">Of an answer that he says he has already.</param>
    public async Task<HttpResponseMessage> Get(string path, string? tag = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (tag is not null)
            request.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Parse(tag));
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }
}
