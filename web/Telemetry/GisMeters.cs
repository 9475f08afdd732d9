using System.Diagnostics.Metrics;
using CityOps.Gis.Web.Safety;

namespace CityOps.Gis.Web.Telemetry;

/// <summary>What the product counts about itself, beside what the framework counts. Names and units after OpenTelemetry's conventions; labels never name a person.</summary>
public sealed class GisMeters
{
    public const string Name = "CityOps.Gis";

    readonly Counter<long> _sheds;

    public GisMeters(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        _sheds = meter.CreateCounter<long>("cityops.requests.shed", "{request}", "Requests turned away because the server was busy, by class.");
    }

    public void Shed(RequestClass kind) => _sheds.Add(1, new KeyValuePair<string, object?>("class", kind.ToString()));
}
