using CityOps.Gis.Layers;

namespace CityOps.Gis.SurveyImport.Loading;

/// <summary>Where an import stands.</summary>
/// <param name="Total">Null while it is not known.</param>
public sealed record ImportStep(LocalText Name, long Done, long? Total);
