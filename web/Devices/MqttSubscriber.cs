using System.Buffers;
using System.Security.Cryptography.X509Certificates;
using CityOps.Gis.Access;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace CityOps.Gis.Web.Devices;

/// <summary>
/// Takes the messages of a broker elsewhere (<see cref="DeviceOptions.External"/>): subscribed with QoS 1 in a session that the broker keeps, each acknowledged when it is on disk.
/// What comes while the product is away waits at the broker.
/// </summary>
sealed class MqttSubscriber(DeviceOptions options, DeviceIntake intake, TimeProvider clock, ILogger<MqttSubscriber> log) : BackgroundService
{
    const uint KeptSeconds = 7 * 24 * 3600;
    const ushort MostUnderWay = 1_000;
    static readonly TimeSpan s_pause = TimeSpan.FromSeconds(2);
    static readonly Caller s_sender = Caller.ProductFor(null, "mqtt", null);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.External is not { } broker)
            return;
        using var client = new MqttClientFactory().CreateMqttClient();
        client.ApplicationMessageReceivedAsync += message => Begin(message, stoppingToken);
        for (var isTold = false; !stoppingToken.IsCancellationRequested;)
            try
            {
                if (!client.IsConnected)
                {
                    await Connect(client, broker, stoppingToken);
                    isTold = false;
                }
                await Task.Delay(s_pause, clock, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                // The program ends; what is not acknowledged waits at the broker.
                return;
            }
            catch (MqttCommunicationException fault)
            {
                if (!isTold)
                    log.LogWarning("No connection to the broker {Host}:{Port}: {Reason} It is asked again every {Seconds} s.", broker.Host, broker.Port, fault.Message, s_pause.TotalSeconds);
                isTold = true;
                await Task.WhenAny(Task.Delay(s_pause, clock, stoppingToken));
            }
    }

    async Task Connect(IMqttClient client, ExternalBroker broker, CancellationToken cancel)
    {
        var answer = await client.ConnectAsync(Address(broker), cancel);
        if (answer.ResultCode != MqttClientConnectResultCode.Success)
            throw new MqttCommunicationException($"The broker refuses the product: {answer.ResultCode} {answer.ReasonString}");
        await client.SubscribeAsync(DeviceTopic.All, MqttQualityOfServiceLevel.AtLeastOnce, cancel);
        log.LogInformation("Devices are heard from the broker {Host}:{Port}.", broker.Host, broker.Port);
    }

    static MqttClientOptions Address(ExternalBroker broker)
    {
        var builder = new MqttClientOptionsBuilder().WithTcpServer(broker.Host, broker.Port).WithClientId(broker.ClientId).WithProtocolVersion(MqttProtocolVersion.V500)
            .WithCleanSession(false).WithSessionExpiryInterval(KeptSeconds).WithReceiveMaximum(MostUnderWay);
        if (broker.User is not null)
            builder.WithCredentials(broker.User, broker.Password);
        if (broker.IsEncrypted)
            builder.WithTlsOptions(tls => Trust(tls.UseTls(), broker));
        return builder.Build();
    }

    // An authority of one's own seldom answers whether it took a certificate back; the system's are asked as usual.
    static void Trust(MqttClientTlsOptionsBuilder tls, ExternalBroker broker)
    {
        if (broker.Authorities is not null)
            tls.WithTrustChain(broker.Authorities).WithRevocationMode(X509RevocationMode.NoCheck);
    }

    // Not waited for, so that many gather in one transaction; the broker sends no more than may be under way.
    Task Begin(MqttApplicationMessageReceivedEventArgs message, CancellationToken cancel)
    {
        message.AutoAcknowledge = false;
        _ = Take(message, message.ApplicationMessage.Payload.ToArray(), cancel);
        return Task.CompletedTask;
    }

    async Task Take(MqttApplicationMessageReceivedEventArgs message, byte[] payload, CancellationToken cancel)
    {
        try
        {
            if (DeviceTopic.DeviceOf(message.ApplicationMessage.Topic) is { } device && (await Stored(device, payload, cancel)).Fault is { } fault)
                log.LogWarning("A message on {Topic} is not taken: {Code}", DeviceTopic.InLog(message.ApplicationMessage.Topic, fault), fault.Code);
            await message.AcknowledgeAsync(cancel);
        }
        catch (Exception fault) when (fault is OperationCanceledException or MqttCommunicationException or InvalidOperationException)
        {
            // The connection, or the program, has ended in between: the broker sends it again.
            log.LogDebug(fault, "A message on {Topic} is not acknowledged.", message.ApplicationMessage.Topic);
        }
    }

    async Task<IntakeOutcome> Stored(string device, byte[] payload, CancellationToken cancel)
    {
        while (true)
            try
            {
                return await intake.Take(s_sender, device, payload, cancel);
            }
            catch (Npgsql.NpgsqlException)
            {
                // Whose device it is cannot be asked while the database is away.
                await Task.Delay(s_pause, clock, cancel);
            }
    }
}
