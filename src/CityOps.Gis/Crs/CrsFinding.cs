using CityOps.Gis.Layers;

namespace CityOps.Gis.Crs;

/// <summary>Which reference system a delivery is in, and how that is known.</summary>
/// <param name="Crs">The system to use, or the likeliest when unsure; null when none fits.</param>
/// <param name="SwapAxes">True when the delivered X is the northing or latitude.</param>
/// <param name="Question">What to ask a person; null when sure.</param>
/// <param name="Candidates">What the person may choose from, likeliest first.</param>
public sealed record CrsFinding(
    CrsDefinition? Crs, CrsCertainty Certainty, IReadOnlyList<LocalText> Evidence,
    bool SwapAxes, LocalText? Question, IReadOnlyList<CrsDefinition> Candidates);
