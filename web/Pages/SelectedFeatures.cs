using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;
using CityOps.Gis.PostGis.History;

namespace CityOps.Gis.Web.Pages;

/// <summary>Finds the feature that an address names.</summary>
public sealed class SelectedFeatures(LayerCatalog catalog, FeatureStore features, FeatureHistory history, JurisdictionNames names)
{
    /// <summary>The feature as it is, else its last version; null where it never was.</summary>
    public async Task<SelectedFeature?> Find(FeatureId id, CancellationToken cancel)
    {
        if (catalog.Find(id.LayerId) is not { } layer)
            return null;
        var there = await features.Find(layer, id.Fid, cancel);
        var shown = there ?? await history.Last(layer, id.Fid, cancel);
        return shown is null ? null : new(layer, shown, await names.Of(shown.Jurisdiction, cancel), there is null);
    }
}
