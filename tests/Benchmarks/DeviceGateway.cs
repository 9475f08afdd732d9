using System.Diagnostics;
using System.Globalization;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Protocol;

namespace CityOps.Gis.Benchmarks;

/// <summary>
/// A gateway that sends for its devices by turns, at its rate, with QoS 1: what is not acknowledged it sends again, the same, as often as it takes. What it could not send in time
/// it sends as fast as it can afterwards.
/// </summary>
sealed class DeviceGateway(int port, string key, IReadOnlyList<string> devices, double perSecond)
{
    static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Messages that were acknowledged.</summary>
    public int Sent { get; private set; }

    /// <summary>Sendings that had no answer and were made again.</summary>
    public int Again { get; private set; }

    /// <summary>When each was sent first, and how long its answer took: seconds since the start, milliseconds.</summary>
    public List<(double At, double Took)> Answers { get; } = [];
    public List<string> Refused { get; } = [];

    public async Task Run(Stopwatch clock, TimeSpan length)
    {
        using var client = new MqttClientFactory().CreateMqttClient();
        for (var number = 0; number / perSecond < length.TotalSeconds; number++)
        {
            if (TimeSpan.FromSeconds(number / perSecond) - clock.Elapsed is var early && early > TimeSpan.Zero)
                await Task.Delay(early);
            var begun = clock.Elapsed;
            await Send(client, Message(number));
            Answers.Add((begun.TotalSeconds, (clock.Elapsed - begun).TotalMilliseconds));
            Sent++;
        }
        if (client.IsConnected)
            await client.DisconnectAsync();
    }

    MqttApplicationMessage Message(int number)
        => new MqttApplicationMessageBuilder().WithTopic($"devices/{devices[number % devices.Count]}/readings").WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
            .WithPayload(string.Create(CultureInfo.InvariantCulture, $$"""{"time": {{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()}}, "seq": {{number}}, "data": {"pressure": {{2000 + number % 900}}}, "battery": 90}""")).Build();

    async Task Send(IMqttClient client, MqttApplicationMessage message)
    {
        while (true)
            try
            {
                if (!client.IsConnected)
                    await client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port).WithProtocolVersion(MQTTnet.Formatter.MqttProtocolVersion.V500).WithCredentials("gateway", key).Build());
                var answer = await client.PublishAsync(message);
                if (!answer.IsSuccess)
                    Refused.Add($"{answer.ReasonCode} {answer.ReasonString}");
                return;
            }
            catch (Exception fault) when (fault is MqttCommunicationException or OperationCanceledException or InvalidOperationException)
            {
                Again++;
                await Task.Delay(s_pause);
            }
    }
}
