using CityOps.Gis.SurveyImport.Sources;

namespace CityOps.Gis.SurveyImport.Mapping;

/// <summary>How one layer of a delivery becomes features: its fields one to one with <c>LayerDefinition.Fields</c>, and the delivered columns that go nowhere.</summary>
public sealed record LayerMapping(SourceLayer Source, IReadOnlyList<FieldMapping> Fields, IReadOnlyList<string> Unmapped)
{
    public FieldMapping? Of(string field) => Fields.FirstOrDefault(one => one.Field.Name == field);

    /// <summary>Delivered name of a field's column, as a report shows it; the layer's own name where there is none.</summary>
    public string DeliveredName(FieldMapping field) => field.Column is { } column ? Source.Columns[column].Name : field.Field.Name;
}
