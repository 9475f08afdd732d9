namespace CityOps.Gis.Web.Cameras;

/// <summary>From where streams of cameras are fetched.</summary>
public sealed record StreamOptions
{
    /// <summary>Environment variable that names the hosts, separated by commas.</summary>
    public const string Variable = "CITYOPS_STREAM_HOSTS";

    /// <summary>Hosts of media gateways; empty = any but this machine and what is only of its own link (169.254.0.0/16, fe80::/10), where clouds keep secrets.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>How long a gateway may take to begin an answer.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    public static StreamOptions FromEnvironment()
        => new() { Hosts = (Environment.GetEnvironmentVariable(Variable) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) };
}
