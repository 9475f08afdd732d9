using CityOps.Gis.Layers;

namespace CityOps.Gis.PostGis.Collections;

/// <summary>A property of a feature as it goes out, and the column it comes from.</summary>
/// <param name="Name">Name of both.</param>
public readonly record struct FeatureColumn(string Name, FieldType Type)
{
    /// <summary>
    /// The properties of a layer's features in their order: the stored fields, then what the database stamps: where the feature belongs and since when it is as it
    /// is.
    /// </summary>
    public static IReadOnlyList<FeatureColumn> Of(LayerDefinition layer) =>
    [
        .. layer.StoredFields.Select(field => new FeatureColumn(field.Name, field.Type)),
        .. LayerTable.JurisdictionColumns.Select(name => new FeatureColumn(name, FieldType.Text)),
        new("valid_from", FieldType.DateTime),
    ];

    /// <summary>What a page selects: number, version of the data, geometry as WKB (null where the layer has none), then the columns of <see cref="Of"/>.</summary>
    internal static string SelectList(LayerDefinition layer, string version)
        => $"fid, {version} as version, {(layer.Geometry == GeometryKind.None ? "null::bytea" : "ST_AsBinary(geom, 'NDR')")} as shape, {string.Join(", ", Of(layer).Select(column => SqlName.Quote(column.Name)))}";

    internal const int Version = 1, Shape = 2;

    /// <summary>Where <see cref="Of"/>'s first column stands in <see cref="SelectList"/>.</summary>
    internal const int First = 3;
}
