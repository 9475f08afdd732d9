using System.Text.Json;
using CityOps.Gis.Layers;
using CityOps.Gis.SurveyImport.Sources;

namespace CityOps.Gis.SurveyImport.Mapping;

/// <summary>The layers of a delivery with their first rows, kept so that a mapping can be tried over and over without reading the files again.</summary>
public sealed record DeliverySample(IReadOnlyList<DeliverySample.Layer> Layers, IReadOnlyList<SourceFault> Faults)
{
    // Of all layers together, so that a delivery of a hundred files is no larger than one of a single file.
    const int MostRows = 20_000, MostRowsOfLayer = 1_000, LeastRowsOfLayer = 50;

    /// <summary>A layer and its first rows; null where it has none.</summary>
    public sealed record Layer(SourceLayer Source, FeatureChunk? Rows);

    sealed record Stored(IReadOnlyList<StoredLayer> Layers, IReadOnlyList<SourceFault> Faults);

    sealed record StoredLayer(SourceLayer Source, string?[][] Values, StoredShapes? Shapes);

    sealed record StoredShapes(GeometryKind[] Kinds, bool[] Empty, double[] X, double[] Y, byte[]?[] Wkb);

    /// <exception cref="SourceException">A file breaks off.</exception>
    public static DeliverySample Of(Delivery delivery, CancellationToken cancel)
    {
        var most = Math.Clamp(MostRows / delivery.Layers.Count, LeastRowsOfLayer, MostRowsOfLayer);
        return new([.. delivery.Layers.Select(layer =>
        {
            using var reader = delivery.OpenReader(layer);
            return new Layer(layer, reader.Read(cancel).FirstOrDefault() is { } chunk ? Cut(chunk, Math.Min(most, chunk.Count)) : null);
        })], delivery.Faults);
    }

    public string ToJson() => JsonSerializer.Serialize(
        new Stored([.. Layers.Select(one => new StoredLayer(one.Source, one.Rows is { } rows ? [.. rows.Columns.Select(column => Texts(column, rows.Count))] : [], Shapes(one.Rows)))], Faults), StoredInspection.Format(null));

    /// <exception cref="JsonException">The text is no stored sample.</exception>
    public static DeliverySample Parse(string json)
    {
        var stored = JsonSerializer.Deserialize<Stored>(json, StoredInspection.Format(null))!;
        return new([.. stored.Layers.Select(one => new Layer(one.Source, Rows(one)))], stored.Faults);
    }

    static FeatureChunk Cut(FeatureChunk chunk, int count)
        => new(chunk.FirstRow, count, [.. chunk.Columns.Select(column => Cut(column, count))], chunk.Geometry is { } geometry ? Cut(geometry, count) : null);

    static Column Cut(Column column, int count) => column switch
    {
        TextColumn one => new TextColumn(one.Values[..count]),
        IntegerColumn one => new IntegerColumn(one.Values[..count]),
        RealColumn one => new RealColumn(one.Values[..count]),
        DateColumn one => new DateColumn(one.Values[..count]),
        TimestampColumn one => new TimestampColumn(one.Values[..count]),
        _ => column,
    };

    static GeometryColumn Cut(GeometryColumn geometry, int count)
    {
        var cut = new GeometryColumn(count);
        Array.Copy(geometry.Kinds, cut.Kinds, count);
        Array.Copy(geometry.IsEmpty, cut.IsEmpty, count);
        Array.Copy(geometry.X, cut.X, count);
        Array.Copy(geometry.Y, cut.Y, count);
        Array.Copy(geometry.Wkb, cut.Wkb, count);
        return cut;
    }

    // PostgreSQL's jsonb holds no NUL.
    static string?[] Texts(Column column, int count) => [.. Enumerable.Range(0, count).Select(row => column.Text(row)?.Replace("\0", "", StringComparison.Ordinal))];

    static StoredShapes? Shapes(FeatureChunk? rows) => rows?.Geometry is { } one ? new(one.Kinds[..rows.Count], one.IsEmpty[..rows.Count], one.X[..rows.Count], one.Y[..rows.Count], one.Wkb[..rows.Count]) : null;

    static FeatureChunk? Rows(StoredLayer one)
    {
        var count = one.Values.FirstOrDefault()?.Length ?? one.Shapes?.X.Length ?? 0;
        if (count == 0)
            return null;
        GeometryColumn? geometry = null;
        if (one.Shapes is { } shapes)
        {
            geometry = new(count);
            for (var row = 0; row < count; row++)
                (geometry.Kinds[row], geometry.IsEmpty[row], geometry.X[row], geometry.Y[row], geometry.Wkb[row]) = (shapes.Kinds[row], shapes.Empty[row], shapes.X[row], shapes.Y[row], shapes.Wkb[row]);
        }
        return new(1, count, [.. one.Values.Select((values, at) => ColumnTexts.Read(one.Source.Columns[at].Type, values))], geometry);
    }
}
