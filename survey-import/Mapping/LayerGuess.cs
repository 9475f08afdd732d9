using CityOps.Gis.Layers;
using CityOps.Gis.SurveyImport.Sources;

namespace CityOps.Gis.SurveyImport.Mapping;

/// <summary>Which layer a delivery is for, judged by the names of its columns: the layer that knows most of them, the key counting double.</summary>
/// <param name="Known">Columns whose names are known to the layer.</param>
/// <param name="Columns">Columns of the delivery's first layer.</param>
public sealed record LayerGuess(LayerDefinition Layer, int Known, int Columns)
{
    /// <summary>Layers from the likeliest on.</summary>
    public static IReadOnlyList<LayerGuess> Of(SourceLayer source, IEnumerable<LayerDefinition> layers)
        => [.. layers.Select(layer => (Guess: Of(source, layer), Fits: Fits(source, layer)))
            .OrderByDescending(one => one.Fits).ThenByDescending(one => one.Guess.Weight).ThenBy(one => one.Guess.Layer.Fields.Count).Select(one => one.Guess)];

    // A layer of many fields knows more names by chance, so equal numbers go to the smaller one.
    int Weight => Known + (HasKey ? Known : 0);
    bool HasKey { get; init; }

    static LayerGuess Of(SourceLayer source, LayerDefinition layer)
    {
        var mapping = FieldMapper.Map(source, layer, new());
        return new(layer, mapping.Fields.Count(field => field.Column is not null), source.Columns.Count) { HasKey = mapping.Of(layer.Key)?.Column is not null };
    }

    static bool Fits(SourceLayer source, LayerDefinition layer)
        => layer.Geometry == GeometryKind.None ? source.Geometry is null : source.Geometry is { } kind && (layer.Geometry == GeometryKind.Any || kind == GeometryKind.Any || kind == layer.Geometry);
}
