using CityOps.Gis.Layers;

namespace CityOps.Gis.PostGis.Cases;

/// <summary>Why a report or a move was not taken.</summary>
/// <param name="Code">Stable: <c>no-such-case</c>, <c>somebody-was-faster</c>, <c>not-allowed</c>, <c>not-possible</c>, <c>needs-note</c>, ….</param>
/// <param name="Sentence">For the person.</param>
/// <param name="Field">What to put right, where it is one thing: <c>note</c>, <c>photos</c>, <c>department</c>, <c>delayMinutes</c>, <c>classCode</c>, ….</param>
public sealed record CaseRefusal(string Code, LocalText Sentence, string? Field = null);
