namespace CityOps.Gis.Tests.Tiles.Snapshots;

/// <summary><see cref="RandomLayer"/> with 100,000 components, for what must hold of any question.</summary>
public sealed class LargeLayer() : RandomLayer(Count)
{
    public const int Count = 100_000;
}
