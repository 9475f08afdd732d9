using System.Collections.Concurrent;
using System.Collections.Frozen;
using CityOps.Gis.Access;
using CityOps.Gis.Layers;
using CityOps.Gis.Queries;

namespace CityOps.Gis.PostGis.Devices;

/// <summary>
/// The devices that each sender may send for: those within its scope, by their ids. Kept for <see cref="Relied"/>, some 200 bytes a device; a device that is not among them is
/// looked for in the database at most once a second, so that a new one need not wait. Safe to be used by many threads.
/// </summary>
public sealed class DeviceRoster(CallerDatabase database, LayerCatalog catalog, TimeProvider clock)
{
    /// <summary>How long a sender's rights to a device are relied on.</summary>
    public static readonly TimeSpan Relied = TimeSpan.FromSeconds(15);
    static readonly TimeSpan s_again = TimeSpan.FromSeconds(1);
    readonly ConcurrentDictionary<string, Kept> _kept = new();

    sealed record Kept(Task<FrozenDictionary<string, KnownDevice>> Devices, long ReadAt);

    /// <summary>The device; null where there is none, or it lies outside the scope of <see cref="Caller.Current"/>.</summary>
    public async Task<KnownDevice?> Find(string deviceId, CancellationToken cancel = default)
    {
        var whose = $"{Caller.Current.Id} {Caller.Current.Scope}";
        var kept = _kept.TryGetValue(whose, out var known) && IsYoung(known, Relied) ? known : Read(whose, known);
        if ((await kept.Devices.WaitAsync(cancel)).TryGetValue(deviceId, out var device))
            return device;
        return IsYoung(kept, s_again) ? null : (await Read(whose, kept).Devices.WaitAsync(cancel)).TryGetValue(deviceId, out device) ? device : null;
    }

    bool IsYoung(Kept kept, TimeSpan age) => !kept.Devices.IsFaulted && clock.GetElapsedTime(kept.ReadAt) < age;

    // Of several who find it too old one reads.
    Kept Read(string whose, Kept? old)
        => _kept.AddOrUpdate(whose, _ => new(Load(), clock.GetTimestamp()), (_, now) => now == old ? new(Load(), clock.GetTimestamp()) : now);

    // A key that sends need not see: the layer is the product's, the scope its own.
    LayerDefinition? Layer()
    {
        using var _ = Caller.Product.Enter();
        return catalog.Find(DeviceTables.LayerId);
    }

    async Task<FrozenDictionary<string, KnownDevice>> Load()
    {
        if (Layer() is not { } layer)
            return FrozenDictionary<string, KnownDevice>.Empty;
        var query = new FeatureQuery(layer.Id);
        var filter = QueryCompiler.Compile(layer, query);
        await using var command = filter.Command(database, $"select device_id, fid, kind from {QueryCompiler.Source(layer, query, filter)} where {filter.Where} and device_id is not null and kind is not null");
        await using var reader = await command.ExecuteReaderAsync();
        var devices = new Dictionary<string, KnownDevice>();
        while (await reader.ReadAsync())
            devices[reader.GetString(0)] = new(reader.GetInt64(1), reader.GetString(2));
        return devices.ToFrozenDictionary();
    }
}
