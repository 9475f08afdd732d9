namespace CityOps.Gis.SurveyImport.Sources;

/// <summary>Consecutive rows of a source layer, column by column (at most <see cref="MaxRows"/>).</summary>
/// <param name="FirstRow">Number of the first row in its layer, counted from 1 as a person reading the file would.</param>
public sealed record FeatureChunk(long FirstRow, int Count, IReadOnlyList<Column> Columns, GeometryColumn? Geometry)
{
    public const int MaxRows = 16_384;
}
