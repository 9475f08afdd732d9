using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CityOps.Gis.Access;
using CityOps.Gis.Testing;
using CityOps.Gis.Tests.Web.Access;
using CityOps.Gis.Web.Access.People;
using CityOps.Gis.Web.Commands;
using CityOps.Gis.Web.Safety;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CityOps.Gis.Tests.Web.Safety;

/// <summary>HTTPS by setting.</summary>
public sealed class EncryptionTests(SafeServer server) : IClassFixture<SafeServer>
{
    [Theory]
    [InlineData("pem")]
    [InlineData("pfx")]
    public async Task With_a_certificate_the_server_speaks_TLS_leads_there_and_has_browsers_stay_there(string format)
    {
        using var folder = new TempFolder();
        var (files, thumbprint) = Write(folder, format);
        var host = await server.Start(options => options with { Urls = "https://127.0.0.1:0;http://127.0.0.1:0", Safety = new() { Certificate = files } });
        var (secure, plain) = (host.Urls.First(url => url.StartsWith("https", StringComparison.Ordinal)), host.Urls.First(url => url.StartsWith("http:", StringComparison.Ordinal)));

        using var encrypted = SafeServer.Client(host, secure);
        // Browsers are never told to stay with HTTPS on their own machine, so the host has a name.
        encrypted.DefaultRequestHeaders.Host = "gis.example";
        using var page = await encrypted.GetAsync("/", TestContext.Current.CancellationToken);
        Assert.Equal("max-age=31536000", page.Headers.GetValues("Strict-Transport-Security").Single());
        Assert.All(page.Headers.GetValues("Set-Cookie"), cookie => Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase));
        Assert.Equal(thumbprint, await Thumbprint(new(secure)));

        using var open = SafeServer.Client(host, plain);
        using var led = await open.GetAsync("/grids?x=1", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.PermanentRedirect, led.StatusCode);
        Assert.Equal(secure + "/grids?x=1", led.Headers.Location!.ToString());
        using var health = await open.GetAsync("/health", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }

    [Theory]
    [InlineData("https", true)]
    [InlineData("http", false)]
    public async Task Behind_a_proxy_that_speaks_TLS_browsers_are_told_to_stay_there_too(string scheme, bool isTold)
    {
        _ = server.Database.Source;
        using var client = SafeServer.Client(await server.Start(options => options with { Safety = new() { Proxies = ["127.0.0.1"] } }));
        client.DefaultRequestHeaders.Host = "gis.example";
        client.DefaultRequestHeaders.Add("X-Forwarded-Proto", scheme);
        using var page = await client.GetAsync("/", TestContext.Current.CancellationToken);

        Assert.Equal(isTold, page.Headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    public async Task Under_TLS_the_session_is_in_a_cookie_of_this_very_host_and_in_no_other()
    {
        using var folder = new TempFolder();
        var host = await server.Start(options => options with { Urls = "https://127.0.0.1:0", Safety = new() { Certificate = Write(folder, "pem").Files }, Access = new() });
        var (_, password, _) = await host.Services.GetRequiredService<PersonRegister>().Add("tls", "tls", [Role.Viewer.Id], seesWholeCity: true, new(), mustChange: false, TestContext.Current.CancellationToken);
        var cookies = new CookieContainer();
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = cookies, ServerCertificateCustomValidationCallback = (_, _, _, _) => true }) { BaseAddress = new(host.Urls.First()) };
        await SignInServer.SignIn(browser, "tls", password!);

        var session = Assert.Single(cookies.GetCookies(browser.BaseAddress), cookie => cookie.Name.Contains("session", StringComparison.Ordinal));
        Assert.Equal(("__Host-cityops.session", "/", true), (session.Name, session.Path, session.Secure));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/api/layers", TestContext.Current.CancellationToken)).StatusCode);
        using var other = SafeServer.Client(host);
        other.DefaultRequestHeaders.Add("Cookie", $"cityops.session={session.Value}");
        Assert.Equal(HttpStatusCode.Unauthorized, (await other.GetAsync("/api/layers", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public void An_address_that_needs_a_certificate_is_refused_without_one_and_one_that_cannot_be_read_is_named()
    {
        Assert.Contains(SafetySettings.Certificate, Assert.Throws<CommandException>(() => SafetySettings.Read("https://0.0.0.0:8443")).Text.En, StringComparison.Ordinal);
        using var folder = new TempFolder();
        var path = folder.File("broken.pem");
        File.WriteAllText(path, "no certificate");
        Assert.Contains("broken.pem", Assert.Throws<CommandException>(() => ServerCertificate.Load(new(path, null, null))).Text.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://localhost:8080", false)]
    [InlineData("http://127.0.0.1:8080", false)]
    [InlineData("http://0.0.0.0:8080", true)]
    [InlineData("http://*:8080", true)]
    [InlineData("http://10.1.2.3", true)]
    public void Who_opens_the_server_to_a_network_in_the_clear_is_told(string urls, bool isOpen)
    {
        Assert.Equal(isOpen, SafetySettings.IsOpenToEavesdroppers(urls, new()));
        Assert.False(SafetySettings.IsOpenToEavesdroppers(urls, new() { Proxies = ["10.0.0.1"] }));
    }

    [Fact]
    public void Nobody_opens_the_server_to_a_network_in_the_clear_without_having_said_so()
    {
        var refusal = Assert.Throws<CommandException>(() => SafetySettings.Read("http://localhost:8080;http://0.0.0.0:8080")).Text;
        Assert.All(new[] { SafetySettings.Certificate, SafetySettings.Proxies, SafetySettings.Unencrypted }, setting =>
        {
            Assert.Contains(setting, refusal.En, StringComparison.Ordinal);
            Assert.Contains(setting, refusal.Zh, StringComparison.Ordinal);
        });
        Environment.SetEnvironmentVariable(SafetySettings.Unencrypted, "yes");
        try
        {
            Assert.Null(SafetySettings.Read("http://0.0.0.0:8080").Certificate);
        }
        finally
        {
            Environment.SetEnvironmentVariable(SafetySettings.Unencrypted, null);
        }
    }

    static async Task<string> Thumbprint(Uri address)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
        await using var tls = new SslStream(socket.GetStream(), false, (_, _, _, _) => true);
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "gis.example" }, TestContext.Current.CancellationToken);
        return ((X509Certificate2)tls.RemoteCertificate!).Thumbprint;
    }

    static (CertificateFiles Files, string Thumbprint) Write(TempFolder folder, string format)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=gis.example", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var (path, keyPath) = (folder.File("server." + format), folder.File("server.key"));
        if (format == "pfx")
        {
            File.WriteAllBytes(path, certificate.Export(X509ContentType.Pfx, "word"));
            return (new(path, null, "word"), certificate.Thumbprint);
        }
        File.WriteAllText(path, certificate.ExportCertificatePem());
        File.WriteAllText(keyPath, key.ExportPkcs8PrivateKeyPem());
        return (new(path, keyPath, null), certificate.Thumbprint);
    }
}
