using CityOps.Gis.Web.Api.Ogc;

namespace CityOps.Gis.Web.Components.Features;

/// <summary>How an attempt to save a draft ended.</summary>
/// <param name="Result">What became of it.</param>
/// <param name="Faults">Of a draft that was refused: its errors, by field. Of one that was saved: warnings.</param>
/// <param name="Newer">Of one that came too late: the feature as it is now.</param>
sealed record SaveOutcome(SaveResult Result, IReadOnlyList<OgcRefusal.FeatureFault> Faults, FeatureDraft? Newer = null);
