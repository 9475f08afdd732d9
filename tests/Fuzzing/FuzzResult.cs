namespace CityOps.Gis.Fuzzing;

/// <summary>What a run gave.</summary>
/// <param name="Outcomes">Different words that came of inputs: a measure of how far into the code they reached.</param>
/// <param name="LongestMs">Of one input.</param>
/// <param name="HeapBefore">Managed bytes after the first tenth of the run, and <paramref name="HeapAfter"/> at its end, both collected.</param>
public sealed record FuzzResult(string Target, long Cases, double Seconds, int Outcomes, double LongestMs, long HeapBefore, long HeapAfter, IReadOnlyList<FuzzFind> Finds)
{
    public long HeapGrowth => HeapAfter - HeapBefore;
}
