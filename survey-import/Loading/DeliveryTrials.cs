using CityOps.Gis.Crs;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;
using CityOps.Gis.SurveyImport.Checking;
using CityOps.Gis.SurveyImport.Mapping;
using Npgsql;

namespace CityOps.Gis.SurveyImport.Loading;

/// <summary>Tries settings on the first rows of a delivery: what a person sees before the import begins. Nothing is kept.</summary>
public sealed class DeliveryTrials(NpgsqlDataSource source, LayerCatalog catalog)
{
    readonly Importer _importer = new(source, catalog);

    /// <returns>One to one with the layers of the sample.</returns>
    public async Task<IReadOnlyList<LayerTrial>> Try(DeliverySample sample, DeliverySettings settings, CancellationToken cancel = default)
    {
        var facts = await SpineFacts.Load(source, cancel);
        var inspector = _importer.Inspector(settings, facts);
        var context = _importer.Context(_importer.LayerOf(settings), settings, facts);
        var trials = new List<LayerTrial>();
        foreach (var layer in sample.Layers)
        {
            var inspection = await inspector.Inspect(layer.Source, layer.Rows, cancel);
            trials.Add(new(inspection, layer.Rows is null || !IsPlaced(inspection, settings) ? null
                : new RowChecker(context, inspection.Mapping, Importer.PlacementOf(inspection, settings), inspection.CodeLayout, inspection.ClassTable).Check(layer.Rows)));
        }
        return trials;
    }

    static bool IsPlaced(LayerInspection inspection, DeliverySettings settings)
        => inspection.Crs is not { } finding
            || finding.Crs is { } crs && CoordinateTransform.Refusal(crs, settings.DatumShift is { } text ? DatumShiftText.Parse(text) : null) is null;
}
