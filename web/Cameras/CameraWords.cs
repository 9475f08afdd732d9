using System.Globalization;
using CityOps.Gis.Cameras;
using CityOps.Gis.Layers;
using CityOps.Gis.Web.Resources;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Cameras;

/// <summary>Says states, views, kinds and times of cameras and detections in the language of the page.</summary>
public sealed class CameraWords(LayerCatalog catalog, IStringLocalizer<CameraText> texts, FieldText values, TimeProvider clock)
{
    static readonly string[] s_winds = ["N", "NE", "E", "SE", "S", "SW", "W", "NW"];

    public string OfState(string? code) => code is null ? texts["NoState"] : NameOf("camera-states", code);

    public string OfKind(string code) => NameOf("detection-kinds", code);

    public string OfClass(string? code) => catalog.Lists.Find("event-classes")?.Entries.FirstOrDefault(entry => entry.Code == code)?.Name.In(UiLanguage.Current) ?? code ?? "";

    /// <summary>"to the north-east, 60° wide, 150 m far".</summary>
    public string Of(CameraView? view)
        => view is null ? texts["ViewUnknown"]
            : view.Opening >= 360 ? texts["ViewAround", Number(view.RangeMeters)]
            : texts["ViewTo", texts["wind." + s_winds[(int)Math.Round((view.Direction % 360 + 360) / 45) % 8]], Number(view.Opening), Number(view.RangeMeters)];

    public string Share(double share) => share.ToString("P0", CultureInfo.CurrentCulture);

    public string Number(double value) => value.ToString("#,0.#", CultureInfo.CurrentCulture);

    public string Whole(long value) => value.ToString("#,0", CultureInfo.CurrentCulture);

    public string Time(DateTimeOffset time) => values.Time(time);

    /// <summary>How long ago, in words: "3 h 5 min ago".</summary>
    public string Ago(DateTimeOffset time)
    {
        var span = clock.GetUtcNow() - time;
        return span.TotalDays >= 2 ? texts["DaysAgo", (int)span.TotalDays] : span.TotalHours >= 1 ? texts["HoursAgo", (int)span.TotalHours, span.Minutes] : texts["MinutesAgo", Math.Max(1, (int)span.TotalMinutes)];
    }

    string NameOf(string list, string code) => catalog.Lists.Find(list)?.Find("", "", code)?.Name.In(UiLanguage.Current) ?? code;
}
