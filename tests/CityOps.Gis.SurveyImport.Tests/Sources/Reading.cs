using CityOps.Gis.SurveyImport.Sources;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;
using Xunit;

namespace CityOps.Gis.Tests.SurveyImport.Sources;

/// <summary>Reads a layer to its end for a test.</summary>
static class Reading
{
    public static List<FeatureChunk> All(Delivery delivery, SourceLayer layer)
    {
        using var reader = delivery.OpenReader(layer);
        return [.. reader.Read(TestContext.Current.CancellationToken)];
    }

    public static string?[] Texts(IEnumerable<FeatureChunk> chunks, int column)
        => [.. chunks.SelectMany(c => Enumerable.Range(0, c.Count).Select(row => c.Columns[column].Text(row)))];

    public static Geometry? Geometry(GeometryColumn column, int row)
        => column.IsEmpty[row] ? null : column.Wkb[row] is { } wkb ? new WKBReader().Read(wkb) : new Point(column.X[row], column.Y[row]);

    public static string?[] Wkt(IEnumerable<FeatureChunk> chunks)
        => [.. chunks.SelectMany(c => Enumerable.Range(0, c.Count).Select(row => Geometry(c.Geometry!, row)?.AsText()))];

    public static (long Rows, Envelope Extent) Measure(Delivery delivery, SourceLayer layer)
    {
        using var reader = delivery.OpenReader(layer);
        var (rows, extent) = (0L, new Envelope());
        foreach (var chunk in reader.Read(TestContext.Current.CancellationToken))
        {
            Assert.Equal(rows + 1, chunk.FirstRow);
            Assert.Equal(layer.Columns.Count, chunk.Columns.Count);
            rows += chunk.Count;
            for (var row = 0; row < chunk.Count; row++)
                foreach (var column in chunk.Columns)
                    _ = column.Text(row);
            for (var row = 0; chunk.Geometry is { } geometry && row < chunk.Count; row++)
                extent.ExpandToInclude(Geometry(geometry, row)?.EnvelopeInternal ?? new Envelope());
        }
        return (rows, extent);
    }
}
