namespace CityOps.Gis.Exports;

/// <summary>Settings of exports.</summary>
public sealed record ExportOptions
{
    /// <summary>An export of more rows must be confirmed.</summary>
    public long Limit { get; init; } = 500_000;

    /// <summary>Where files are made that cannot be streamed; each export has a folder of its own there while it runs.</summary>
    public string WorkFolder { get; init; } = Path.GetTempPath();
}
