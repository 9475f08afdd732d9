using System.Text.RegularExpressions;

namespace CityOps.Gis.Cases;

/// <summary>Stages, requests, needs and units as they are stored and stand in addresses: <c>hang-up</c> for <see cref="CaseStage.HangUp"/>.</summary>
public static partial class CaseCodes
{
    public static string Of<T>(T value) where T : struct, Enum => Kept<T>.Codes[value];

    /// <summary>The value of a code; null for a text that is none.</summary>
    public static T? Find<T>(string? code) where T : struct, Enum => code is not null && Kept<T>.Values.TryGetValue(code, out var value) ? value : null;

    [GeneratedRegex("(?<!^)([A-Z])")]
    private static partial Regex Humps();

    static class Kept<T> where T : struct, Enum
    {
        public static readonly Dictionary<T, string> Codes = Enum.GetValues<T>().ToDictionary(value => value, value => Humps().Replace(value.ToString(), "-$1").ToLowerInvariant());
        public static readonly Dictionary<string, T> Values = Codes.ToDictionary(one => one.Value, one => one.Key);
    }
}
