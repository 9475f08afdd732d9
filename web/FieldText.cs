using System.Globalization;
using CityOps.Gis.Features;
using CityOps.Gis.Layers;
using CityOps.Gis.Web.Resources;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web;

/// <summary>Writes values of fields for people: codes by their names, times in the city's zone, numbers in the page's language.</summary>
public sealed class FieldText(LayerCatalog layers, GisWebOptions options, IStringLocalizer<UiText> texts)
{
    readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(options.TimeZone);

    /// <summary>The field's value, or null where it has none.</summary>
    public string? Of(LayerDefinition layer, LayerField field, Feature feature) => feature.Values.GetValueOrDefault(field.Name) switch
    {
        null or "" => null,
        string code when field.CodeList is { } list => NameOf(layer, list, code, feature) is { } name && name != code ? $"{name} {code}" : code,
        string text => text,
        string[] several => string.Join(", ", several),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime time => Time(time),
        bool yes => yes ? texts["Yes"] : texts["No"],
        long number => number.ToString("#,0", CultureInfo.CurrentCulture),
        double number => number.ToString("#,0.##", CultureInfo.CurrentCulture),
        var other => Convert.ToString(other, CultureInfo.CurrentCulture),
    };

    /// <summary>What the feature's class is called, or null.</summary>
    public string? ClassOf(LayerDefinition layer, Feature feature)
        => layer.Class is { } byClass && feature.Values.GetValueOrDefault("class_code") is string code ? NameOf(layer, byClass.CodeList, code, feature) : null;

    /// <summary>What the feature is called: its own name, else its class, else its key.</summary>
    public string? TitleOf(LayerDefinition layer, Feature feature)
        => (layer.Name is { } name ? feature.Values.GetValueOrDefault(name) as string : null) is { Length: > 0 } own
            ? own
            : ClassOf(layer, feature) ?? Convert.ToString(feature.Values.GetValueOrDefault(layer.Key), CultureInfo.InvariantCulture);

    public string Time(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, _zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    // The edition that the row was delivered in decides; a row that does not say gets the first edition that knows the code.
    string? NameOf(LayerDefinition layer, string list, string code, Feature feature)
    {
        if (layers.Lists.Find(list) is not { } entries)
            return null;
        var edition = feature.Values.GetValueOrDefault("class_table") as string;
        CodeEntry? Find(string table) => layer.Class is { } byClass && byClass.CodeList == list ? byClass.Find(layers.Lists, table, code) : entries.Find(table, "", code);
        var entry = (edition is null ? null : Find(edition)) ?? entries.Tables.Select(Find).FirstOrDefault(found => found is not null);
        return entry?.Name.In(UiLanguage.Current);
    }
}
