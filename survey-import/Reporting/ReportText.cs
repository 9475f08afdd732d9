using System.Globalization;
using System.Resources;
using CityOps.Gis.Layers;

namespace CityOps.Gis.SurveyImport.Reporting;

/// <summary>Headings and sentences of a report in one language: Chinese for <c>zh…</c>, else English.</summary>
sealed class ReportText(string language)
{
    static readonly ResourceManager Texts = new(typeof(ReportText));
    static readonly TimeSpan Beijing = TimeSpan.FromHours(8);

    public bool IsChinese { get; } = language.StartsWith("zh", StringComparison.OrdinalIgnoreCase);

    /// <summary>Value of HTML's <c>lang</c>.</summary>
    public string Tag => IsChinese ? "zh-CN" : "en";

    // The Chinese texts are the neutral ones.
    CultureInfo Culture => IsChinese ? CultureInfo.InvariantCulture : CultureInfo.GetCultureInfo("en");

    public string this[string key] => Texts.GetString(key, Culture) ?? throw new MissingManifestResourceException($"ReportText has no text '{key}'.");

    public string this[LocalText text] => text.In(Tag);

    /// <summary>A text with its places filled.</summary>
    public string Of(string key, params object?[] values) => string.Format(CultureInfo.InvariantCulture, this[key], values);

    public string Time(DateTimeOffset time) => Of("Time", time.ToOffset(Beijing));

    public string List(IEnumerable<string> words) => string.Join(IsChinese ? "、" : ", ", words);

    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
