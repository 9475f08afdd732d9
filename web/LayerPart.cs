using CityOps.Gis.Queries;

namespace CityOps.Gis.Web;

/// <summary>A part of a layer: a major (大类), a class (小类) or a status, with its name in the language of the page.</summary>
public sealed record LayerPart(string Key, string Name, bool IsStatus)
{
    const int MajorLength = 2;

    /// <summary>Is a code of a class or of a status of this part? A major is the beginning of its classes' codes (<c>FeatureQuery.Classes</c>).</summary>
    public bool Has(string code) => code == Key || (!IsStatus && Key.Length == MajorLength && code.StartsWith(Key, StringComparison.Ordinal));

    /// <summary>The question, asked of this part alone.</summary>
    public FeatureQuery Of(FeatureQuery query) => IsStatus ? query with { Statuses = [Key] } : query with { Classes = [Key] };
}
