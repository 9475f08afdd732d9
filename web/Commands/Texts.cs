namespace CityOps.Gis.Web.Commands;

/// <summary>Language of the console: Chinese where the locale is Chinese, else English.</summary>
public static class Texts
{
    public static string Language { get; } = FromArguments() ?? (Locale.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? "zh" : "en");

    /// <summary>The Chinese or the English text, by the console's language.</summary>
    public static string Both(string zh, string en) => Language == "zh" ? zh : en;

    static string Locale
        => new[] { "LC_ALL", "LC_MESSAGES", "LANG" }.Select(Environment.GetEnvironmentVariable).FirstOrDefault(value => value is { Length: > 0 }) ?? "";

    // Help is written before the options are parsed, so --lang is looked for by itself.
    static string? FromArguments()
    {
        var arguments = Environment.GetCommandLineArgs();
        var at = Array.IndexOf(arguments, "--lang");
        return at >= 0 && at + 1 < arguments.Length ? (arguments[at + 1].StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? "zh" : "en") : null;
    }
}
