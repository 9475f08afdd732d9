using System.Globalization;
using CityOps.Gis.Devices;
using CityOps.Gis.Layers;
using CityOps.Gis.Web.Resources;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Devices;

/// <summary>Says kinds, states, values and alarms of devices in the language of the page.</summary>
public sealed class DeviceWords(LayerCatalog catalog, DeviceKinds kinds, IStringLocalizer<DeviceText> texts, FieldText values, TimeProvider clock)
{
    public string OfKind(string code) => NameOf("device-kinds", code);

    /// <summary>Null: it has never reported.</summary>
    public string Of(DeviceState? state) => state is { } known ? NameOf("device-states", DeviceStates.Code(known)) : texts["NeverReported"];

    public string Value(Quantity quantity, double value) => $"{value.ToString("N" + quantity.Digits, CultureInfo.CurrentCulture)} {quantity.Unit}".TrimEnd();

    /// <summary>The last values in the order of the definition: "Level 1.20 m, Flow 0.4 m/s".</summary>
    public string Values(string kind, IReadOnlyDictionary<string, double> readings)
        => kinds.Find(kind) is not { } known ? ""
            : string.Join(texts["Comma"], known.Quantities.Where(one => readings.ContainsKey(one.Name)).Select(one => $"{one.Title.In(UiLanguage.Current)} {Value(one, readings[one.Name])}"));

    /// <summary>What an alarm is about; of a rule that is no more, its id.</summary>
    public string OfRule(string kind, string rule) => kinds.Find(kind)?.FindRule(rule)?.Rule.Title.In(UiLanguage.Current) ?? rule;

    public string OfQuantity(string kind, string quantity, double value) => kinds.Find(kind)?.Find(quantity) is { } known ? Value(known, value) : value.ToString("0.##", CultureInfo.CurrentCulture);

    public string Time(DateTimeOffset time) => values.Time(time);

    /// <summary>How long ago, in words: "3 h 5 min".</summary>
    public string Ago(DateTimeOffset time)
    {
        var span = clock.GetUtcNow() - time;
        return span.TotalDays >= 2 ? texts["Days", (int)span.TotalDays]
            : span.TotalHours >= 1 ? texts["HoursMinutes", (int)span.TotalHours, span.Minutes]
            : span.TotalMinutes >= 1 ? texts["Minutes", (int)span.TotalMinutes] : texts["LessThanAMinute"];
    }

    string NameOf(string list, string code) => catalog.Lists.Find(list)?.Find("", "", code)?.Name.In(UiLanguage.Current) ?? code;
}
