using System.Diagnostics;
using System.Numerics;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Collections;
using CityOps.Gis.Queries;
using CityOps.Gis.Queries.Cql2;
using CityOps.Gis.Tiles.Snapshots.Predicates;

namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>
/// Finds which features stand on a page in the order of their numbers. A database that orders by number what a place index found must read all that match, a million
/// rows for a district; memory reads two columns of them.
/// </summary>
/// <remarks>
/// Places are known to the world unit (9 mm), so everything spatial is asked a little wider: what is found holds all that answer, and at an edge perhaps one more.
/// Whoever reads the rows asks the conditions again.
/// </remarks>
public static class PageSearch
{
    const int BlocksBetweenLooks = 8;
    const double WiderDegrees = 1e-6, WiderMeters = 0.1;

    /// <summary>Can memory find what answers? Depends on the layer's definition and the question alone.</summary>
    public static bool CanFind(LayerDefinition layer, FeatureQuery query)
        => SnapshotAnswers.Refusal(layer, query) is null && !(query.Filter is { } filter && IsSpatial(filter.Normal));

    /// <summary>Features in the order of their numbers; null where the search took longer than <paramref name="most"/>.</summary>
    /// <param name="after">Only features with a higher number.</param>
    /// <param name="before">The features directly before this one instead of the lowest; <paramref name="skip"/> does not go with it.</param>
    /// <param name="skip">Features passed over.</param>
    /// <param name="count">Features wanted.</param>
    public static IReadOnlyList<FeatureKey>? Find(LayerView view, FeatureQuery query, long? after, long? before, int skip, int count, TimeSpan most, CancellationToken cancel = default)
    {
        var parts = view.Ask(Widened(query));
        // Downwards is upwards with the signs turned.
        var (sign, bound) = before is { } end ? (-1, -end) : (1, after ?? long.MinValue);
        var (keys, begun, read) = (new LowestKeys(skip + count), Stopwatch.GetTimestamp(), 0);
        for (var part = 0; part < parts.Count; part++)
            foreach (var block in parts[part].Blocks())
            {
                if (++read % BlocksBetweenLooks == 0)
                {
                    cancel.ThrowIfCancellationRequested();
                    if (Stopwatch.GetElapsedTime(begun) > most)
                        return null;
                }
                Take(parts[part], part, block, sign, bound, keys);
            }
        var places = keys.Places();
        return Named(parts, places[Math.Min(skip, places.Length)..], isTurned: sign < 0);
    }

    static void Take(SnapshotFilter part, int number, int block, int sign, long bound, LowestKeys keys)
    {
        Span<ulong> mask = stackalloc ulong[BlockIndex.BlockRows / 64];
        part.Mask(block, mask);
        for (var word = 0; word < mask.Length; word++)
            for (var left = mask[word]; left != 0; left &= left - 1)
            {
                var row = block * BlockIndex.BlockRows + word * 64 + BitOperations.TrailingZeroCount(left);
                if (sign * part.Snapshot.Fids[row] is var key && key > bound)
                    keys.Add(key, (long)number << 32 | (uint)row);
            }
    }

    static FeatureKey[] Named(IReadOnlyList<SnapshotFilter> parts, ReadOnlySpan<long> places, bool isTurned)
    {
        var found = new FeatureKey[places.Length];
        var names = parts.Select(part => new string?[part.Snapshot.District.Distinct + 1]).ToArray();
        for (var at = 0; at < found.Length; at++)
        {
            var (part, row) = ((int)(places[at] >> 32), (int)(uint)places[at]);
            var snapshot = parts[part].Snapshot;
            var district = snapshot.District[row];
            found[at] = new(snapshot.Fids[row], names[part][district] ??= snapshot.District.Text(district) ?? Features.Jurisdiction.NoDistrict);
        }
        if (isTurned)
            Array.Reverse(found);
        return found;
    }

    static FeatureQuery Widened(FeatureQuery query) => query with
    {
        Box = query.Box is { } box ? (box.West - WiderDegrees, box.South - WiderDegrees, box.East + WiderDegrees, box.North + WiderDegrees) : null,
        Polygon = query.Polygon?.Buffer(WiderDegrees),
        Near = query.Near is { } near ? near with { Meters = near.Meters + WiderMeters } : null,
    };

    static bool IsSpatial(CqlExpression one)
        => one is CqlCall call && (call.Operator.Kind == CqlOperatorKind.Spatial || call.Arguments.Any(IsSpatial));
}
