using System.Diagnostics.Metrics;
using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.Tiles.Following;
using CityOps.Gis.Web.Safety;

namespace CityOps.Gis.Web.Telemetry;

/// <summary>
/// What the product counts about itself, beside what the framework counts and beside <see cref="Tiles.Serving.TileMeters"/>. Names and units after OpenTelemetry's
/// conventions; labels never name a person.
/// </summary>
public sealed class GisMeters
{
    public const string Name = "CityOps.Gis";

    readonly Counter<long> _sheds, _importRows, _exportRows, _exportBytes;

    public GisMeters(IMeterFactory meters, LiveLayers layers, TimeProvider? clock = null)
    {
        var meter = meters.Create(Name);
        _sheds = meter.CreateCounter<long>("cityops.requests.shed", "{request}", "Requests turned away because the server was busy, by class.");
        _importRows = meter.CreateCounter<long>("cityops.import.rows", "{row}", "Rows of deliveries that were checked, by outcome.");
        _exportRows = meter.CreateCounter<long>("cityops.export.rows", "{row}", "Rows that left the house in files, by format.");
        _exportBytes = meter.CreateCounter<long>("cityops.export.size", "By", "Bytes of those files, by format.");
        meter.CreateObservableGauge("cityops.layers", () => ByState(layers), "{layer}", "Layers that can be held in memory, by state.");
        meter.CreateObservableGauge("cityops.layers.lag", () => Lags(layers, clock ?? TimeProvider.System), "s", "How long ago the data of a layer that is not live stood in the database as memory shows it; 0 while it is live.");
        meter.CreateObservableGauge("cityops.layers.memory", () => layers.Bytes, "By", "Memory of the layers.");
    }

    public void Shed(RequestClass kind) => _sheds.Add(1, new KeyValuePair<string, object?>("class", kind.ToString()));

    public void Imported(BatchCounts counts)
    {
        _importRows.Add(counts.Accepted, new KeyValuePair<string, object?>("outcome", "accepted"));
        _importRows.Add(counts.Refused, new KeyValuePair<string, object?>("outcome", "refused"));
    }

    public void Exported(string format, long rows, long bytes)
    {
        var label = new KeyValuePair<string, object?>("format", format);
        _exportRows.Add(rows, label);
        _exportBytes.Add(bytes, label);
    }

    static IEnumerable<Measurement<int>> ByState(LiveLayers layers)
        => layers.All.GroupBy(layer => layer.State).Select(state => new Measurement<int>(state.Count(), new KeyValuePair<string, object?>("state", state.Key.ToString())));

    static IEnumerable<Measurement<double>> Lags(LiveLayers layers, TimeProvider clock)
        => layers.All.Where(layer => layer.View is not null)
            .Select(layer => new Measurement<double>(layer.State == LayerState.Live ? 0 : (clock.GetUtcNow() - layer.View!.AsOf).TotalSeconds, new KeyValuePair<string, object?>("layer", layer.Definition.Id)));
}
