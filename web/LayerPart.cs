using CityOps.Gis.Queries;

namespace CityOps.Gis.Web;

/// <summary>A part of a layer: a major (大类), a class (小类) or a status, with its name in the language of the page.</summary>
public sealed record LayerPart(string Key, string Name, bool IsStatus)
{
    /// <summary>The question, asked of this part alone.</summary>
    public FeatureQuery Of(FeatureQuery query) => IsStatus ? query with { Statuses = [Key] } : query with { Classes = [Key] };
}
