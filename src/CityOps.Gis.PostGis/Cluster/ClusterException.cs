using CityOps.Gis.Layers;

namespace CityOps.Gis.PostGis.Cluster;

/// <summary>The private cluster cannot be made or started; <see cref="Text"/> says why and what to do.</summary>
public sealed class ClusterException(LocalText text, Exception? inner = null) : Exception(text.En, inner)
{
    public LocalText Text { get; } = text;
}
