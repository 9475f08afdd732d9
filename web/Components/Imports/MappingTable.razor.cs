using System.Globalization;
using System.Text.Json;
using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.SurveyImport.Loading;
using CityOps.Gis.SurveyImport.Mapping;
using CityOps.Gis.Web.Imports;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Components.Imports;

/// <summary>Which delivered column fills which field of the layer, to be corrected, with the first rows as they would be stored; and saved mappings to choose from.</summary>
public sealed partial class MappingTable(IStringLocalizer<ImportText> texts, MappingProfileStore profiles)
{
    const int Examples = 3;
    IReadOnlyList<string> _profiles = [];
    string? _name;
    string? _said;

    [Parameter, EditorRequired]
    public required ImportDraft Draft { get; set; }

    /// <summary>The layer of the delivery that is looked at.</summary>
    [Parameter, EditorRequired]
    public required LayerTrial Trial { get; set; }

    [Parameter]
    public EventCallback<DeliverySettings> OnDecide { get; set; }

    IStringLocalizer<ImportText> Text => texts;
    DeliverySettings Settings => Draft.Settings;
    LayerMapping Mapping => Trial.Inspection.Mapping;

    protected override async Task OnInitializedAsync() => _profiles = await profiles.Names();

    static bool IsMissing(FieldMapping field) => field.Field.Required && field.Column is null && field.Constant is null;

    string? ExampleAt(int field, int row) => Trial.Rows is { } rows && row < rows.Source.Count ? rows.Fields[field]?.Text(row) : null;

    Task Map(FieldMapping field, string? column)
    {
        if (int.TryParse(column, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            return Decide(Settings.Mapping.With(Mapping.Source.Columns[index].Name, field.Field.Name));
        return field.Column is { } before ? Decide(Settings.Mapping.With(Mapping.Source.Columns[before].Name, "")) : Task.CompletedTask;
    }

    Task Decide(MappingProfile mapping)
    {
        _said = null;
        return OnDecide.InvokeAsync(Settings with { Mapping = mapping });
    }

    async Task Load(string? name)
    {
        if (string.IsNullOrEmpty(name))
            await Decide(new());
        else if (await profiles.Find(name) is { } json)
            await Decide(JsonSerializer.Deserialize<MappingProfile>(json, Importer.SettingsFormat)! with { Name = name });
    }

    // What is recognised by its name is written out too, so that the profile holds for files that call it otherwise.
    async Task Save()
    {
        var name = _name!.Trim();
        var fields = Mapping.Fields.Where(field => field.Column is not null).ToDictionary(field => Mapping.Source.Columns[field.Column!.Value].Name, field => field.Field.Name);
        foreach (var (column, _) in Settings.Mapping.Fields.Where(one => one.Value.Length == 0))
            fields.TryAdd(column, "");
        var profile = Settings.Mapping with { Name = name, Fields = fields };
        await profiles.Save(name, JsonSerializer.Serialize(profile, Importer.SettingsFormat));
        _profiles = await profiles.Names();
        await OnDecide.InvokeAsync(Settings with { Mapping = profile });
        (_name, _said) = (null, Text["ProfileSaved", name]);
    }
}
