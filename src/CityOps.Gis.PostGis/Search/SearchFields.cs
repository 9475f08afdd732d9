using CityOps.Gis.Layers;

namespace CityOps.Gis.PostGis.Search;

/// <summary>What the search box looks into, as the layer definitions say: the key, if it is searchable, and the other searchable texts.</summary>
public static class SearchFields
{
    /// <summary>An index holds no longer texts than these, in characters; a field that may be longer is left to questions (<c>q=</c>).</summary>
    const int MostWidth = 600;

    public static bool HasKey(LayerDefinition layer) => layer.Find(layer.Key) is { Searchable: true };

    /// <summary>Searchable texts beside the key: those of the dictionary.</summary>
    public static IEnumerable<LayerField> Named(LayerDefinition layer)
        => layer.StoredFields.Where(field => field is { Searchable: true, Type: FieldType.Text, Width: <= MostWidth } && field.Name != layer.Key);

    /// <summary>True where the search box finds anything of the layer.</summary>
    public static bool Serves(LayerDefinition layer) => HasKey(layer) || Named(layer).Any();
}
