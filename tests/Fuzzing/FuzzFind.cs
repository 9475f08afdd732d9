namespace CityOps.Gis.Fuzzing;

/// <summary>An input that broke the code.</summary>
/// <param name="Seed">With <paramref name="Number"/>, what makes it again.</param>
/// <param name="Reason">Exception with the place it came from, or how long it took.</param>
public sealed record FuzzFind(string Target, int Seed, long Number, byte[] Input, string Reason)
{
    /// <summary>As a line of C# for a test that keeps it.</summary>
    public string AsTest => $"[InlineData(\"{Target}\", \"{Convert.ToBase64String(Input)}\")] // {Reason}";
}
