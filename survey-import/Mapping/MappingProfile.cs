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
}
