using System.Text.Json;
using CityOps.Gis.PostGis.Audit;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Access;

/// <summary>What is otherwise after something happened than before: the values that differ, one below the other.</summary>
public sealed partial class AuditChange(IStringLocalizer<AccessText> texts)
{
    IReadOnlyList<(string Name, string? Before, string? After)> _lines = [];

    [Parameter, EditorRequired]
    public required AuditEntry Entry { get; set; }

    IStringLocalizer<AccessText> Text => texts;

    protected override void OnParametersSet()
    {
        var (before, after) = (Flat(Entry.Before), Flat(Entry.After));
        _lines = [.. before.Keys.Union(after.Keys).Select(name => (name, before.GetValueOrDefault(name), after.GetValueOrDefault(name))).Where(one => one.Item2 != one.Item3)];
    }

    static Dictionary<string, string> Flat(string? json)
    {
        var values = new Dictionary<string, string>();
        if (json is not null)
            using (var document = JsonDocument.Parse(json))
                Flatten(document.RootElement, "", values);
        return values;
    }

    // Of objects the values by their path; lists as they are written.
    static void Flatten(JsonElement element, string path, Dictionary<string, string> values)
    {
        if (element.ValueKind == JsonValueKind.Object)
            foreach (var property in element.EnumerateObject())
                Flatten(property.Value, path.Length == 0 ? property.Name : $"{path}.{property.Name}", values);
        else if (element.ValueKind != JsonValueKind.Null)
            values[path] = element.ToString();
    }
}
