namespace CityOps.Gis.SurveyImport.Mapping;

/// <summary>How an inventory's own fields become a layer's fields; saved and used again for the next delivery of the same house.</summary>
public sealed record MappingProfile
{
    public string? Name { get; init; }

    /// <summary>Delivered field name → field of the layer. A delivered field mapped to "" is left out on purpose.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>();

    /// <summary>Field of the layer → value for every row that has none of its own.</summary>
    public IReadOnlyDictionary<string, string> Constants { get; init; } = new Dictionary<string, string>();

    /// <summary>Field of the layer → delivered value → value to store.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Values { get; init; } = new Dictionary<string, IReadOnlyDictionary<string, string>>();

    /// <summary>The profile with a delivered column mapped to a field of the layer, which no other column then holds; "" leaves the column out.</summary>
    public MappingProfile With(string column, string field)
    {
        var fields = Fields.Where(one => FieldName.Normal(one.Key) != FieldName.Normal(column) && (field.Length == 0 || one.Value != field)).ToDictionary();
        fields[column] = field;
        return this with { Fields = fields };
    }

    /// <summary>The profile with a value for rows that have none of their own; null takes it away.</summary>
    public MappingProfile WithConstant(string field, string? value)
    {
        var constants = Constants.Where(one => one.Key != field).ToDictionary();
        if (!string.IsNullOrEmpty(value))
            constants[field] = value;
        return this with { Constants = constants };
    }
}
