using CityOps.Gis.BaseMaps;

namespace CityOps.Gis.Web.Api.BaseMaps;

/// <summary>The base maps of pictures that the map offers beside its own, and how their tiles are kept.</summary>
public sealed record BaseMapOptions
{
    public IReadOnlyList<BaseMapDefinition> Maps { get; init; } = [];

    /// <summary>Where pictures of servers are kept.</summary>
    public string Folder { get; init; } = Path.Combine(Path.GetTempPath(), "cityops-basemaps");

    /// <summary>Bytes of pictures in memory, and on disk.</summary>
    public long MemoryBytes { get; init; } = 64L << 20;
    public long DiskBytes { get; init; } = 2L << 30;

    /// <summary>After this a kept picture is asked for anew.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromDays(30);
}
