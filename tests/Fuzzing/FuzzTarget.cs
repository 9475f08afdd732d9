namespace CityOps.Gis.Fuzzing;

/// <summary>Code that takes bytes of strangers.</summary>
/// <param name="Name">As the bench and the tests call it.</param>
/// <param name="Seeds">Inputs that are right, from which mutated ones are made.</param>
/// <param name="Tokens">Pieces that mean something to the code.</param>
/// <param name="Run">
/// Gives the code an input and says in a word what came of it, so that inputs with a new outcome are mutated further. Exceptions the code declares are caught in
/// here; whatever comes out is a find, and so is a broken promise (<see cref="BrokenPromiseException"/>).
/// </param>
public sealed record FuzzTarget(string Name, IReadOnlyList<byte[]> Seeds, IReadOnlyList<byte[]> Tokens, Func<byte[], string> Run)
{
    /// <summary>How long one input may take, twice in a row, the second time by the processor's clock.</summary>
    public TimeSpan MostTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Bytes of an input, that mutation does not go beyond.</summary>
    public int MostBytes { get; init; } = 16 << 10;
}
