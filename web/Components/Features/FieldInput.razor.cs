using System.Globalization;
using CityOps.Gis.Layers;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Components.Features;

/// <summary>One field of a form, after the definition of the field: a choice for a short code list, suggestions for a long one, a calendar for days; its faults stand below it.</summary>
public sealed partial class FieldInput(IStringLocalizer<FeatureText> texts, LayerCatalog catalog, GisWebOptions options)
{
    /// <summary>A list of more entries, or one whose codes have several editions, is offered while one types.</summary>
    const int MostChoices = 40;

    /// <summary>Fields that may hold more characters get several lines.</summary>
    const int LineCharacters = 120;
    const string LocalForm = "yyyy-MM-dd'T'HH:mm:ss";
    ElementReference _element;
    readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(options.TimeZone);

    [Parameter, EditorRequired]
    public required LayerDefinition Layer { get; set; }

    [Parameter, EditorRequired]
    public required LayerField Field { get; set; }

    /// <summary>As the API has it; null where the field is empty.</summary>
    [Parameter]
    public string? Value { get; set; }

    [Parameter]
    public EventCallback<string?> ValueChanged { get; set; }

    /// <summary>The field is shown and cannot be changed.</summary>
    [Parameter]
    public bool IsFixed { get; set; }

    /// <summary>Edition whose classes are offered; null = all.</summary>
    [Parameter]
    public string? ClassTable { get; set; }

    [Parameter]
    public IReadOnlyList<string> Faults { get; set; } = [];

    /// <summary>Brings the field into view and puts the cursor there.</summary>
    public ValueTask Focus() => _element.FocusAsync();

    IStringLocalizer<FeatureText> Text => texts;
    string Id => $"edit-{Field.Name}";
    string? Invalid => Faults.Count > 0 ? "true" : null;
    string? DescribedBy => Faults.Count > 0 ? $"{Id}-faults" : null;
    string? InputMode => Field.Type is FieldType.Integer ? "numeric" : Field.Type is FieldType.Real ? "decimal" : null;

    // An open list may hold values it does not know: what is there must stay, and another may be written.
    string Kind => Field.Type switch
    {
        FieldType.Date => "date",
        FieldType.DateTime => "datetime-local",
        FieldType.Boolean => "choice",
        _ when Choices.Count is > 0 and <= MostChoices && (Value is null || Choices.Any(one => one.Code == Value)) => "choice",
        _ when Field.Width is null or > LineCharacters && Choices.Count == 0 && Field.Type is FieldType.Text or FieldType.List => "long",
        _ => "text",
    };

    IReadOnlyList<(string Code, string Name)> Choices
        => Field.Type == FieldType.Boolean ? [("true", Text["Yes"]), ("false", Text["No"])]
            : Field.CodeList is { } id && catalog.Lists.Find(id) is { } list
                ? [.. Entries(list).DistinctBy(entry => entry.Code).Select(entry => (entry.Code, NameOf(entry)))]
                : [];

    string? Shown => Field.Type == FieldType.DateTime && DateTimeOffset.TryParse(Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
        ? TimeZoneInfo.ConvertTime(time, _zone).ToString(LocalForm, CultureInfo.InvariantCulture)
        : Value;

    IEnumerable<CodeEntry> Entries(CodeList list)
    {
        var isClass = Layer.Class is { } byClass && byClass.CodeList == list.Id;
        return list.Entries.Where(entry => isClass ? Layer.Class!.Kinds.Contains(entry.Kind) && (ClassTable is null || entry.Table == ClassTable) : true);
    }

    static string NameOf(CodeEntry entry) => entry.Name.In(UiLanguage.Current) is var name && name == entry.Code ? name : $"{name} {entry.Code}";

    Task Changed(ChangeEventArgs change)
    {
        var text = change.Value as string;
        if (Field.Type == FieldType.DateTime && DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            text = new DateTimeOffset(local, _zone.GetUtcOffset(local)).ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return ValueChanged.InvokeAsync(text);
    }
}
