using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CityOps.Gis.Access;
using CityOps.Gis.Testing;
using CityOps.Gis.Web.Commands;
using CityOps.Gis.Web.Devices;
using Microsoft.Extensions.DependencyInjection;
using MQTTnet;
using MQTTnet.Server;
using Xunit;

namespace CityOps.Gis.Tests.Web.Devices;

/// <summary>MQTT over TLS, with certificates of an authority that is made for the test.</summary>
public sealed class MqttEncryptionTests(DeviceServer server) : IClassFixture<DeviceServer>, IDisposable
{
    static readonly DateTimeOffset s_now = DateTimeOffset.UtcNow;
    readonly TempFolder _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task The_own_broker_shows_the_servers_certificate_takes_what_is_sent_and_speaks_to_nobody_in_the_clear()
    {
        _ = server.Database.Source;
        var (authority, path, key) = Write("own");
        await using var host = await server.Start(new() { Broker = new(IPAddress.Loopback, 0), IsEncrypted = true }, new() { Certificate = new(path, key, null) });
        var port = host.Services.GetRequiredService<MqttBroker>().Port!.Value;
        var word = await server.Key(true, Permission.SendReadings);
        using var client = new MqttClientFactory().CreateMqttClient();
        await client.ConnectAsync(Options(port, word).WithTlsOptions(tls => tls.UseTls().WithTrustChain(authority).WithRevocationMode(X509RevocationMode.NoCheck)).Build(), TestContext.Current.CancellationToken);
        Assert.True((await DeviceServer.Publish(client, "gas-pressure-5W", new { time = s_now, data = new { pressure = 2000 } })).IsSuccess);
        Assert.Equal(1, await server.Database.Value<long>($"select count(*) from devices.reading where fid = {await server.Fid("gas-pressure-5W")}"));

        using var open = new MqttClientFactory().CreateMqttClient();
        await Assert.ThrowsAnyAsync<Exception>(() => open.ConnectAsync(Options(port, word).WithTimeout(TimeSpan.FromSeconds(3)).Build(), TestContext.Current.CancellationToken));
        Assert.False(open.IsConnected);
    }

    [Fact]
    public async Task A_broker_elsewhere_is_told_the_password_only_when_the_named_authority_has_signed_its_certificate()
    {
        _ = server.Database.Source;
        var ((authority, path, key), (stranger, _, _)) = (Write("city"), Write("stranger"));
        using var certificate = X509Certificate2.CreateFromPemFile(path, key);
        using var withKey = X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
        var factory = new MqttServerFactory();
        var made = factory.CreateServerOptionsBuilder().WithPersistentSessions().WithoutDefaultEndpoint().WithEncryptedEndpoint().WithEncryptedEndpointPort(0)
            .WithEncryptedEndpointBoundIPAddress(IPAddress.Loopback).WithEncryptedEndpointBoundIPV6Address(IPAddress.None).WithEncryptionCertificate(withKey).Build();
        using var broker = factory.CreateMqttServer(made);
        var told = new List<string>();
        broker.ValidatingConnectionAsync += visit =>
        {
            told.Add(visit.Password);
            return Task.CompletedTask;
        };
        var subscribed = 0;
        broker.ClientSubscribedTopicAsync += _ =>
        {
            subscribed++;
            return Task.CompletedTask;
        };
        await broker.StartAsync();
        var port = made.TlsEndpointOptions.Port;
        var options = new DeviceOptions { External = new("localhost", port, IsEncrypted: true, "city", "a password") { Authorities = stranger } };
        await using (await server.Start(options))
            await Task.Delay(2_500, TestContext.Current.CancellationToken);
        Assert.Empty(told);

        await using var host = await server.Start(options with { External = options.External with { Authorities = authority } });
        for (var left = 200; left > 0 && subscribed == 0; left--)
            await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.Equal(["a password"], told);
        using var client = new MqttClientFactory().CreateMqttClient();
        await client.ConnectAsync(Options(port, "device's own").WithTlsOptions(tls => tls.UseTls().WithTrustChain(authority).WithRevocationMode(X509RevocationMode.NoCheck)).Build(), TestContext.Current.CancellationToken);
        await DeviceServer.Publish(client, "sewage-level-6E", new { time = s_now, level = 50 });
        await server.Becomes("1", $"select count(*)::text from devices.reading where fid = {await server.Fid("sewage-level-6E")}");
        await broker.StopAsync();
    }

    [Fact]
    public void A_file_of_authorities_that_holds_none_is_named()
    {
        var path = _files.File("none.pem");
        File.WriteAllText(path, "nothing");
        foreach (var (name, value) in new[] { (DeviceSettings.External, "mqtts://broker.example"), (DeviceSettings.AuthorityFile, path) })
            Environment.SetEnvironmentVariable(name, value);
        try
        {
            Assert.Contains(path, Assert.Throws<CommandException>(() => DeviceSettings.Read(hasCertificate: false)).Text.En, StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable(DeviceSettings.External, null);
            Environment.SetEnvironmentVariable(DeviceSettings.AuthorityFile, null);
        }
    }

    static MqttClientOptionsBuilder Options(int port, string key)
        => new MqttClientOptionsBuilder().WithTcpServer("localhost", port).WithProtocolVersion(MQTTnet.Formatter.MqttProtocolVersion.V500).WithCredentials("device", key);

    // An authority, and a certificate of this machine that it has signed.
    (X509Certificate2Collection Authority, string Path, string KeyPath) Write(string name)
    {
        using ECDsa rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256), key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var root = new CertificateRequest($"CN=authority {name}", rootKey, HashAlgorithmName.SHA256);
        root.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var (from, to) = (DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var authority = root.CreateSelfSigned(from, to);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var signed = request.Create(authority, from, to, [1, 2, 3]);
        var (path, keyPath) = (_files.File(name + ".pem"), _files.File(name + ".key"));
        File.WriteAllText(path, signed.ExportCertificatePem());
        File.WriteAllText(keyPath, key.ExportPkcs8PrivateKeyPem());
        return ([X509CertificateLoader.LoadCertificate(authority.Export(X509ContentType.Cert))], path, keyPath);
    }
}
