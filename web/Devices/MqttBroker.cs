using System.Buffers;
using System.Net.Sockets;
using CityOps.Gis.Access;
using CityOps.Gis.Web.Access.Keys;
using CityOps.Gis.Web.Commands;
using CityOps.Gis.Web.Safety;
using MQTTnet.Certificates;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace CityOps.Gis.Web.Devices;

/// <summary>
/// The product's own MQTT broker (3.1.1 and 5.0), for devices alone: they sign in with an API key as password and publish; nobody subscribes, so nobody listens to others. A message
/// with QoS 1 is acknowledged when it is on disk. What cannot be taken is acknowledged with a reason (MQTT 5.0, 3.4.2.1), as sending it again would not help.
/// </summary>
public sealed class MqttBroker(DeviceOptions options, DeviceIntake intake, KeyCallers callers, SafetyOptions safety, TimeProvider clock, ILoggerFactory logs) : IHostedService, IDisposable
{
    const string KeyItem = "key", FromItem = "from";
    readonly ILogger _log = logs.CreateLogger<MqttBroker>();
    MqttServer? _server;
    MqttServerOptions? _made;

    /// <summary>The port that it listens on; null while it does not.</summary>
    public int? Port => _made is null ? null : options.IsEncrypted ? _made.TlsEndpointOptions.Port : _made.DefaultEndpointOptions.Port;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Broker is null)
            return;
        var made = Made();
        var server = new MqttServerFactory().CreateMqttServer(made);
        server.ValidatingConnectionAsync += SignIn;
        server.InterceptingSubscriptionAsync += RefuseSubscription;
        server.InterceptingPublishAsync += Take;
        try
        {
            await server.StartAsync();
        }
        catch (SocketException fault)
        {
            server.Dispose();
            throw new CommandException(new($"无法在 {options.Broker} 提供 MQTT：{fault.Message}", $"MQTT cannot be served at {options.Broker}: {fault.Message}"));
        }
        (_server, _made) = (server, made);
        _log.LogInformation("Devices are served by MQTT at {Address}, port {Port}.", options.Broker.Address, Port);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_server is { IsStarted: true } server)
            await server.StopAsync();
    }

    public void Dispose() => _server?.Dispose();

    // The library listens on both families of addresses unless one is none.
    MqttServerOptions Made()
    {
        var (own, builder) = (options.Broker!, new MqttServerFactory().CreateServerOptionsBuilder().WithPersistentSessions(false));
        var isNew = own.AddressFamily == AddressFamily.InterNetworkV6;
        var (four, six) = isNew ? (System.Net.IPAddress.None, own.Address) : (own.Address, System.Net.IPAddress.None);
        return options.IsEncrypted
            ? builder.WithoutDefaultEndpoint().WithEncryptedEndpoint().WithEncryptedEndpointBoundIPAddress(four).WithEncryptedEndpointBoundIPV6Address(six).WithEncryptedEndpointPort(own.Port)
                .WithEncryptionSslProtocol(System.Security.Authentication.SslProtocols.None).WithEncryptionCertificate(new Certificate(new(safety.Certificate!, clock, logs.CreateLogger<ServerCertificate>()))).Build()
            : builder.WithoutEncryptedEndpoint().WithDefaultEndpoint().WithDefaultEndpointBoundIPAddress(four).WithDefaultEndpointBoundIPV6Address(six).WithDefaultEndpointPort(own.Port).Build();
    }

    async Task SignIn(ValidatingConnectionEventArgs visit)
    {
        var (key, from) = (visit.Password, (visit.RemoteEndPoint as System.Net.IPEndPoint)?.Address.ToString());
        var sender = key.Length == 0 ? null : await callers.Find(key, from);
        visit.ReasonCode = sender is null ? MqttConnectReasonCode.BadUserNameOrPassword : sender.May(Permission.SendReadings) ? MqttConnectReasonCode.Success : MqttConnectReasonCode.NotAuthorized;
        if (visit.ReasonCode != MqttConnectReasonCode.Success)
            _log.LogWarning("MQTT client {Client} from {Address} is refused: {Reason}.", visit.ClientId, from, visit.ReasonCode);
        (visit.SessionItems[KeyItem], visit.SessionItems[FromItem]) = (key, from);
    }

    static Task RefuseSubscription(InterceptingSubscriptionEventArgs asked)
    {
        (asked.ProcessSubscription, asked.Response.ReasonCode) = (false, MqttSubscribeReasonCode.NotAuthorized);
        return Task.CompletedTask;
    }

    // Where this ends without an answer, by the connection's end or the program's, the client sends it again.
    async Task Take(InterceptingPublishEventArgs sent)
    {
        sent.ProcessPublish = false;
        try
        {
            if (sent.SessionItems[KeyItem] is not string key || await callers.Find(key, sent.SessionItems[FromItem] as string, sent.CancellationToken) is not { } sender)
                sent.CloseConnection = true;
            else
                Answer(sent, await Taken(sender, sent));
        }
        catch (OperationCanceledException)
        {
            sent.CloseConnection = true;
        }
        catch (Npgsql.NpgsqlException fault)
        {
            _log.LogWarning(fault, "MQTT client {Client} is cut off: whether it may send cannot be asked.", sent.ClientId);
            sent.CloseConnection = true;
        }
    }

    async Task<IntakeOutcome> Taken(Caller sender, InterceptingPublishEventArgs sent)
        => DeviceTopic.DeviceOf(sent.ApplicationMessage.Topic) is { } device
            ? await intake.Take(sender, device, sent.ApplicationMessage.Payload.ToArray(), sent.CancellationToken)
            : new(0, 0, new("no-such-topic", new($"主题应为 {DeviceTopic.All}。", $"The topic is {DeviceTopic.All}.")));

    void Answer(InterceptingPublishEventArgs sent, IntakeOutcome outcome)
    {
        if (outcome.Fault is not { } fault)
            return;
        (sent.Response.ReasonCode, sent.Response.ReasonString) = (fault.Code switch
        {
            "not-allowed" or "no-such-device" => MqttPubAckReasonCode.NotAuthorized,
            "no-such-topic" => MqttPubAckReasonCode.TopicNameInvalid,
            "no-such-kind" or "not-storable" => MqttPubAckReasonCode.ImplementationSpecificError,
            _ => MqttPubAckReasonCode.PayloadFormatInvalid,
        }, $"{fault.Code}: {fault.Sentence.En}");
        // The sentence, which may quote what was sent, is for the sender.
        _log.LogWarning("A message on {Topic} of MQTT client {Client} is not taken: {Code}", DeviceTopic.InLog(sent.ApplicationMessage.Topic, fault), sent.ClientId, fault.Code);
    }

    // Asked for each connection, so a renewal needs no restart.
    sealed class Certificate(ServerCertificate certificate) : ICertificateProvider
    {
        public System.Security.Cryptography.X509Certificates.X509Certificate2 GetCertificate() => certificate.Current().TargetCertificate;
    }
}
