using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.SurveyImport.Loading;
using CityOps.Gis.SurveyImport.Mapping;

namespace CityOps.Gis.Web.Imports;

/// <summary>An import before it begins: what the delivery holds, what is decided so far, and what that makes of its first rows.</summary>
/// <param name="Trials">One to one with the layers of the sample.</param>
public sealed record ImportDraft(ImportJob Job, LayerDefinition Layer, DeliverySample Sample, DeliverySettings Settings, IReadOnlyList<LayerTrial> Trials)
{
    public IEnumerable<DeliveryQuestion> Questions => Trials.SelectMany(trial => trial.Inspection.Questions);
    public long? Rows => Trials.All(trial => trial.Inspection.Source.RowCount is not null) ? Trials.Sum(trial => trial.Inspection.Source.RowCount) : null;
}
