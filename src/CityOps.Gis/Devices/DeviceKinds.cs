using System.Text.Json;
using System.Text.Json.Serialization;
using CityOps.Gis.Layers;

namespace CityOps.Gis.Devices;

/// <summary>The kinds of devices of an installation, read once and never changed.</summary>
public sealed class DeviceKinds
{
    /// <summary>Below each folder of layer definitions.</summary>
    public const string Folder = "device-kinds";

    static readonly JsonSerializerOptions s_format = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.Strict, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    readonly Dictionary<string, DeviceKind> _kinds;

    DeviceKinds(Dictionary<string, DeviceKind> kinds) => _kinds = kinds;

    /// <summary>In the order of their codes.</summary>
    public IEnumerable<DeviceKind> All => _kinds.Values.OrderBy(kind => kind.Kind, StringComparer.Ordinal);

    public DeviceKind? Find(string? code) => code is null ? null : _kinds.GetValueOrDefault(code);

    /// <summary>Reads <c>device-kinds/*.json</c> of each folder that exists; a later folder's kind takes the place of an earlier one's.</summary>
    /// <exception cref="LayerDefinitionException">With every fault of every file.</exception>
    public static DeviceKinds Load(params IEnumerable<string> folders)
    {
        var (faults, kinds) = (new List<LayerFault>(), new Dictionary<string, DeviceKind>());
        foreach (var file in folders.Select(folder => Path.Combine(folder, Folder)).Where(Directory.Exists).SelectMany(folder => Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal)))
            if (Read(file, faults) is { } kind)
                kinds[kind.Kind] = kind;
        return faults.Count > 0 ? throw new LayerDefinitionException(faults) : new(kinds);
    }

    static DeviceKind? Read(string file, List<LayerFault> faults)
    {
        try
        {
            var kind = JsonSerializer.Deserialize<DeviceKind>(File.ReadAllText(file), s_format)!;
            var before = faults.Count;
            faults.AddRange(Check(file, kind));
            return faults.Count == before ? kind : null;
        }
        catch (JsonException fault)
        {
            faults.Add(new(file, fault.Path ?? "$", new($"设备类型定义无法使用：{fault.Message}", $"The definition of a kind of device cannot be used: {fault.Message}")));
            return null;
        }
    }

    static IEnumerable<LayerFault> Check(string file, DeviceKind kind)
    {
        if (kind.QuietMinutes <= 0)
            yield return new(file, "$.quietMinutes", new("应大于零。", "It is above zero."));
        if (kind.Quantities.GroupBy(one => one.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            yield return new(file, "$.quantities", new($"“{twice.Key}”出现两次。", $"'{twice.Key}' is there twice."));
        foreach (var same in kind.Quantities.SelectMany(one => one.Alarms).GroupBy(rule => rule.Id).Where(group => group.Count() > 1))
            yield return new(file, "$.quantities", new($"报警规则“{same.Key}”出现两次。", $"The alarm '{same.Key}' is there twice."));
        foreach (var (at, quantity) in kind.Quantities.Index())
            foreach (var (place, rule) in quantity.Alarms.Index())
                if (rule.When == AlarmSide.Above ? rule.Clear > rule.Raise : rule.Clear < rule.Raise)
                    yield return new(file, $"$.quantities[{at}].alarms[{place}].clear", new("解除值不得越过报警值。", "It does not lie beyond the value that raises the alarm."));
                else if (rule.From is null != rule.To is null || (rule.From is not null && rule.From == rule.To))
                    yield return new(file, $"$.quantities[{at}].alarms[{place}].from", new("from 与 to 须同时给出且不同。", "'from' and 'to' go together and differ."));
    }
}
