using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using CityOps.Gis.Web.Safety;
using Xunit;

namespace CityOps.Gis.Tests.Web.Safety;

/// <summary>What is too large is refused before it is read, and a fault shows nothing of the inside.</summary>
public sealed class InputLimitTests(SafeServer server) : IClassFixture<SafeServer>
{
    [Theory]
    [InlineData("/ogc/collections/components/items", "application/geo+json")]
    [InlineData("/api/imports/uploads", "application/json")]
    public async Task A_body_that_is_too_large_is_refused_whether_it_says_its_length_or_not(string path, string type)
    {
        var limits = ClassLimits.Usual.ToDictionary(one => one.Key, one => one.Value with { MostBytes = 20_000 });
        using var client = SafeServer.Client(await server.Start(options => options with { Safety = new() { Limits = limits } }));
        foreach (var saysLength in new[] { true, false })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = saysLength ? new ByteArrayContent(Blanks(30_000)) : new StreamContent(new Unseekable(30_000)) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
            using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        }
    }

    static byte[] Blanks(int count) => [.. Enumerable.Repeat((byte)' ', count)];

    [Fact]
    public async Task A_fault_shows_a_sentence_and_a_number_to_ask_for_and_nothing_of_the_inside()
    {
        var host = await server.Start(options => options with { ConnectionString = "Host=127.0.0.1;Port=9;Username=secret_user;Password=secret_word;Timeout=1" });
        using var client = SafeServer.Client(host);
        using var answer = await client.GetAsync("/api/layers/components/features/1", TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True((int)answer.StatusCode >= 500, $"{answer.StatusCode} {text}");
        Assert.NotEqual("", JsonDocument.Parse(text).RootElement.GetProperty("detail").GetString());
        Assert.NotEqual("", JsonDocument.Parse(text).RootElement.GetProperty("requestId").GetString());
        foreach (var inside in new[] { "Npgsql", "   at ", "Exception", "secret", ".cs", "127.0.0.1" })
            Assert.DoesNotContain(inside, text, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("GET", "/tiles/none/1/0/0.mvt")]
    [InlineData("GET", "/ogc/collections/none")]
    [InlineData("GET", "/heat/none")]
    [InlineData("GET", "/export/none.csv")]
    [InlineData("PATCH", "/api/imports/uploads/6f9619ff-8b86-d011-b42d-00cf4fc964ff")]
    public async Task Every_refusal_bears_the_number_of_its_request(string method, string path)
    {
        using var request = new HttpRequestMessage(new(method), path);
        using var answer = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        Assert.NotEqual("", problem.GetProperty("requestId").GetString());
    }

    /// <summary>Blanks whose number nobody knows beforehand.</summary>
    sealed class Unseekable(int bytes) : Stream
    {
        int _left = bytes;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var given = Math.Min(count, _left);
            buffer.AsSpan(offset, given).Fill((byte)' ');
            _left -= given;
            return given;
        }

        public override void Flush() => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
