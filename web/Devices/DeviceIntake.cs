using System.Globalization;
using CityOps.Gis.Access;
using CityOps.Gis.Devices;
using CityOps.Gis.PostGis.Devices;
using Npgsql;

namespace CityOps.Gis.Web.Devices;

/// <summary>
/// The one way in for what devices send, by whatever road: may the sender, is the device within his scope, what does its kind's definition read in the payload. Done when it is on disk.
/// </summary>
public sealed class DeviceIntake(DeviceRoster roster, DeviceKinds kinds, ReadingQueue queue, DeviceOptions options, TimeProvider clock)
{
    static readonly MessageFault s_notAllowed = new("not-allowed", new("此密钥无权发送设备数据。", "This key may not send readings of devices."));
    static readonly MessageFault s_unstorable = new("not-storable", new("数据库无法保存此消息。", "The database cannot keep this message."));

    /// <summary>Takes what was sent for a device, on behalf of a sender.</summary>
    /// <param name="payload">JSON (RFC 8259); not to be changed before this is done.</param>
    public async Task<IntakeOutcome> Take(Caller sender, string deviceId, ReadOnlyMemory<byte> payload, CancellationToken cancel = default)
    {
        if (!sender.May(Permission.SendReadings))
            return new(0, 0, s_notAllowed);
        if (await Known(sender, deviceId, cancel) is not { } device)
            return new(0, 0, NoDevice(deviceId));
        if (kinds.Find(device.Kind) is not { } kind)
            return new(0, 0, NoKind(device.Kind));
        var now = clock.GetUtcNow();
        var (messages, fault) = MessageReader.Read(kind, payload, now, now - options.Kept);
        if (fault is not null || messages.Count == 0)
            return new(0, 0, fault);
        try
        {
            var stored = await queue.Store(device.Fid, messages, cancel);
            return new(stored, messages.Count - stored);
        }
        catch (PostgresException)
        {
            return new(0, 0, s_unstorable);
        }
    }

    async Task<KnownDevice?> Known(Caller sender, string deviceId, CancellationToken cancel)
    {
        using (sender.Enter())
            return await roster.Find(deviceId, cancel);
    }

    static MessageFault NoDevice(string id) => new("no-such-device", new(string.Create(CultureInfo.InvariantCulture, $"没有设备“{id}”，或不在密钥的范围内。"), string.Create(CultureInfo.InvariantCulture, $"There is no device '{id}', or it lies outside the key's scope.")));

    static MessageFault NoKind(string kind) => new("no-such-kind", new($"设备类型“{kind}”没有定义，无法读取其消息。", $"The kind '{kind}' has no definition by which its messages could be read."));
}
