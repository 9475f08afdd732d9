using System.Text;

namespace CityOps.Gis.Fuzzing;

/// <summary>All there is to fuzz, by name.</summary>
public static class FuzzTargets
{
    /// <summary>Parsers, tiles and photos: quick, in memory.</summary>
    public static IReadOnlyList<FuzzTarget> OfTexts { get; } =
    [
        Targets.TileTargets.Reader, Targets.TileTargets.Writer, Targets.CqlTargets.Text, Targets.CqlTargets.Json, Targets.CodeTargets.Codes, Targets.PlaceTargets.Places,
        Targets.PlaceTargets.Systems, Targets.QuestionTargets.Features, Targets.QuestionTargets.Heat,
        Targets.PhotoTargets.Photos,
    ];

    internal static IReadOnlyList<byte[]> Utf8(params string[] texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];

    internal static string Text(byte[] input) => Encoding.UTF8.GetString(input);

    internal static void Promise(bool isKept, string promise, string input)
    {
        if (!isKept)
            throw new BrokenPromiseException($"{promise}: {input}");
    }
}
