using System.Globalization;
using CityOps.Gis.Layers;

namespace CityOps.Gis.PostGis.Search;

/// <summary>What the search box looks into, as the layer definitions say: the key, if it is searchable, and the other searchable texts.</summary>
public static class SearchFields
{
    /// <summary>A field that may be longer, in characters, is left to questions (<c>q=</c>).</summary>
    const int MostWidth = 600;

    /// <summary>Longer texts, in characters, are not in the dictionary (<c>cityops.is_searchable</c>); an index could not hold texts of any length.</summary>
    const int MostCharacters = 300;

    public static bool HasKey(LayerDefinition layer) => layer.Find(layer.Key) is { Searchable: true };

    /// <summary>Searchable texts beside the key: those of the dictionary.</summary>
    public static IEnumerable<LayerField> Named(LayerDefinition layer)
        => layer.StoredFields.Where(field => field is { Searchable: true, InSearchBox: true, Type: FieldType.Text, Width: <= MostWidth } && field.Name != layer.Key);

    /// <summary>Condition under which a feature is found by a text of the dictionary; it stands in the field's index too.</summary>
    public static string IsShort(string field) => string.Create(CultureInfo.InvariantCulture, $"length({SqlName.Quote(field)}) <= {MostCharacters}");

    /// <summary>Method, column and condition of the index by which features are found by a text of the dictionary.</summary>
    public static string IndexOf(LayerField field) => $"btree ({SqlName.Quote(field.Name)}) where {IsShort(field.Name)}";

    /// <summary>True where the search box finds anything of the layer.</summary>
    public static bool Serves(LayerDefinition layer) => HasKey(layer) || Named(layer).Any();
}
