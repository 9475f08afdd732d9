using System.Collections.Concurrent;
using System.Globalization;
using CityOps.Gis.Tiles.Following;

namespace CityOps.Gis.Tiles.Serving;

/// <summary>Says of each answer whether its data follow the database, and as of when it stands. PostGIS's answers are live by nature.</summary>
sealed class DataAge
{
    // Said again for every tile until the layer changes.
    readonly ConcurrentDictionary<LiveLayer, (bool IsLive, DateTimeOffset AsOf, string Text)> _said = new();

    public string Of(TilePlan plan)
    {
        var layers = plan.Question.Layers;
        if (layers.Count == 1)
            return plan.View(0) is { } only ? Of(layers[0], IsLive(layers[0]), only.AsOf) : "live";
        var (isLive, asOf) = (true, DateTimeOffset.MaxValue);
        for (var at = 0; at < layers.Count; at++)
            if (plan.View(at) is { } view)
                (isLive, asOf) = (isLive && IsLive(layers[at]), view.AsOf < asOf ? view.AsOf : asOf);
        return asOf == DateTimeOffset.MaxValue ? "live" : Text(isLive, asOf);
    }

    string Of(LiveLayer layer, bool isLive, DateTimeOffset asOf)
    {
        if (_said.TryGetValue(layer, out var said) && said.IsLive == isLive && said.AsOf == asOf)
            return said.Text;
        var text = Text(isLive, asOf);
        _said[layer] = (isLive, asOf, text);
        return text;
    }

    static bool IsLive(LiveLayer layer) => layer.State == LayerState.Live;

    static string Text(bool isLive, DateTimeOffset asOf)
        => string.Create(CultureInfo.InvariantCulture, $"{(isLive ? "live" : "stale")}; as-of={asOf.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}");
}
