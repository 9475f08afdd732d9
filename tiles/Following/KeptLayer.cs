using CityOps.Gis.Layers;
using CityOps.Gis.Tiles.Snapshots;

namespace CityOps.Gis.Tiles.Following;

/// <summary>What the files of a layer hold: its view's parts, as of <paramref name="Origin"/>.</summary>
/// <param name="Base">As of what the first part alone is the whole layer.</param>
sealed record KeptLayer(LayerDefinition Layer, IReadOnlyList<ViewPart> Parts, SnapshotOrigin Base, SnapshotOrigin Origin);
