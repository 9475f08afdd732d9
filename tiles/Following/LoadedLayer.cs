using CityOps.Gis.Layers;
using CityOps.Gis.Tiles.Snapshots;

namespace CityOps.Gis.Tiles.Following;

/// <summary>What loading a layer came to.</summary>
/// <param name="Part">The copy; null where what is held already is the copy, or where there is a fault.</param>
/// <param name="Fault">Why the layer is not in memory.</param>
/// <param name="FaultState"><see cref="LayerState.TooLarge"/> or <see cref="LayerState.Unfollowed"/>.</param>
sealed record LoadedLayer(SnapshotOrigin Origin, FollowedPart? Part, LocalText? Fault = null, LayerState FaultState = LayerState.Unfollowed);
