using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.SurveyImport.Mapping;
using CityOps.Gis.SurveyImport.Sources;

namespace CityOps.Gis.SurveyImport.Loading;

/// <summary>What came of a delivery.</summary>
/// <param name="Batch">Null when the import was not begun.</param>
/// <param name="Faults">Files that could not be read.</param>
/// <param name="Reasons">Questions, or why the batch waits.</param>
/// <param name="Seconds">Time by step, in order.</param>
public sealed record ImportResult(
    ImportOutcome Outcome, Batch? Batch, IReadOnlyList<LayerInspection> Layers, IReadOnlyList<SourceFault> Faults, IReadOnlyList<LocalText> Reasons,
    IReadOnlyList<(string Step, double Seconds)> Seconds);
