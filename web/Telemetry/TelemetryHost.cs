using CityOps.Gis.Tiles.Serving;
using CityOps.Gis.Web.Safety;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace CityOps.Gis.Web.Telemetry;

/// <summary>Metrics and traces by OpenTelemetry's protocol (OTLP) to where its own variables say, and to nobody where they say nothing.</summary>
static class TelemetryHost
{
    const string Traces = "TRACES_", Metrics = "METRICS_";

    static readonly string[] Meters =
    [
        GisMeters.Name, TileMeters.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.RateLimiting",
        "Microsoft.AspNetCore.Components.Server.Circuits", "System.Runtime", "Npgsql",
    ];

    public static IServiceCollection AddTelemetry(this IServiceCollection services)
    {
        services.AddSingleton<GisMeters>();
        if (!Goes(Metrics) && !Goes(Traces))
            return services;
        var telemetry = services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService("cityops-gis", serviceVersion: typeof(TelemetryHost).Assembly.GetName().Version?.ToString()));
        if (Goes(Metrics))
            telemetry.WithMetrics(metrics => metrics.AddMeter(Meters).AddOtlpExporter());
        if (Goes(Traces))
            telemetry.WithTracing(traces => traces
                .AddAspNetCoreInstrumentation(requests => requests.Filter = context => RequestClasses.Of(context.Request) is not (RequestClass.Tile or RequestClass.File or RequestClass.Health or RequestClass.Circuit or RequestClass.Events))
                .AddSource("Npgsql").AddOtlpExporter());
        return services;
    }

    // As the exporter reads them (OpenTelemetry specification, Environment Variables: OTLP exporter).
    static bool Goes(string signal)
        => new[] { "OTEL_EXPORTER_OTLP_ENDPOINT", $"OTEL_EXPORTER_OTLP_{signal}ENDPOINT" }.Any(name => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name)))
            && Environment.GetEnvironmentVariable("OTEL_SDK_DISABLED") is not "true";
}
