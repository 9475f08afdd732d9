namespace CityOps.Gis.Benchmarks.Circuits;

/// <summary>Something that somebody did at the map.</summary>
/// <param name="Milliseconds">From the event until its handler has ended and the map has been told what to draw.</param>
/// <param name="Bytes">Over the circuit, in both directions.</param>
/// <param name="Tiles">Tiles that were taken because of it.</param>
sealed record Interaction(string What, double Milliseconds, long Bytes, int Tiles);
