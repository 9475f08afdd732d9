using System.Runtime.CompilerServices;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;
using CityOps.Gis.PostGis.Collections;
using CityOps.Gis.Queries;
using CityOps.Gis.Web.Api.Ogc;
using CityOps.Gis.Web.Pages;

namespace CityOps.Gis.Web.Components.Features;

/// <summary>
/// Counts what lies in an area, layer by layer and by major class. The counts are those of every other page (<see cref="CollectionCounts"/>): from memory where the layer
/// is held there, which is exact; where the database would take long, its estimate comes first and the exact count after it.
/// </summary>
public sealed class AreaCounts(LayerCatalog catalog, CollectionCounts counts, PartCounts parts, FeatureStore features)
{
    /// <summary>Layer by layer; a layer comes again when more of it is known.</summary>
    public async IAsyncEnumerable<AreaCount> Of(string area, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        foreach (var layer in catalog.Layers.Where(MapQuestion.Concerns))
        {
            var query = new MapQuestion(area).Of(layer);
            var total = await counts.Whole(layer, query, cancel);
            yield return new(layer, total, []);
            if (!total.IsExact)
                yield return new(layer, total = await Exactly(layer, query, cancel), []);
            if (total.Number == 0 || layer.Class is null)
                continue;
            var majors = new List<(string, string, MatchCount)>();
            foreach (var (major, count) in await parts.Of(layer, query, LayerParts.Majors(layer, catalog), cancel))
                if (count is not { IsExact: true, Number: 0 })
                    majors.Add((major.Key, major.Name, count.IsExact ? count : await Exactly(layer, major.Of(query), cancel)));
            yield return new(layer, total, majors);
        }
    }

    async Task<MatchCount> Exactly(LayerDefinition layer, FeatureQuery query, CancellationToken cancel) => new(await features.Count(layer, query, cancel), true);
}
