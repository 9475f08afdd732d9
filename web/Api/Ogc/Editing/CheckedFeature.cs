using NetTopologySuite.Geometries;

namespace CityOps.Gis.Web.Api.Ogc.Editing;

/// <summary>A feature that was sent, as it would be stored, and what the importer's checks found.</summary>
/// <param name="Values">All stored fields.</param>
/// <param name="Refusals">Errors; where there are any, the feature is not written.</param>
sealed record CheckedFeature(
    Geometry? Geometry, IReadOnlyDictionary<string, object?> Values, IReadOnlyList<OgcRefusal.FeatureFault> Refusals, IReadOnlyList<OgcRefusal.FeatureFault> Warnings);
