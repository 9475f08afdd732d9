using System.Globalization;
using Serilog;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace CityOps.Gis.Web.Telemetry;

/// <summary>
/// The log, on the standard error output: what went wrong, never what people asked for. Below a warning the framework writes addresses with their questions, which may
/// name people; so there is no setting for more.
/// </summary>
static class GisLog
{
    /// <summary><c>json</c> = one JSON object a line (Serilog's compact format), for programs that collect logs.</summary>
    public const string Format = "CITYOPS_LOG";

    public static IServiceCollection AddGisLog(this IServiceCollection services) => services.AddSerilog(log =>
    {
        log.MinimumLevel.Is(LogEventLevel.Warning)
            // Keys of antiforgery tokens may lie unencrypted in the home folder of the one who runs the program.
            .MinimumLevel.Override("Microsoft.AspNetCore.DataProtection", LogEventLevel.Error)
            .Filter.ByExcluding(IsOfCaching)
            .Enrich.FromLogContext();
        if (Environment.GetEnvironmentVariable(Format) == "json")
            log.WriteTo.Console(new CompactJsonFormatter(), standardErrorFromLevel: LogEventLevel.Verbose);
        else
            log.WriteTo.Console(standardErrorFromLevel: LogEventLevel.Verbose, formatProvider: CultureInfo.InvariantCulture);
    },
    // A host has a log of its own: else the first of a process that ends would silence all others.
    preserveStaticLogger: true);

    // Each page bears an antiforgery token, for which the framework makes its caching stricter than we had it ("no-cache, no-store" for "no-store") and warns of that.
    static bool IsOfCaching(LogEvent one) => one.MessageTemplate.Text.StartsWith("The 'Cache-Control' and 'Pragma' headers have been overridden", StringComparison.Ordinal);
}
