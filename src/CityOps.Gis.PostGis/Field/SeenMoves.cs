namespace CityOps.Gis.PostGis.Field;

/// <summary>What somebody has seen of a case who takes it along on the street.</summary>
/// <param name="Last">Number of its last move: whoever moves it says that he has seen this one.</param>
/// <param name="HasHandled">The caller made a move of those who handle it, and so does not verify it.</param>
public readonly record struct SeenMoves(int Last, bool HasHandled);
