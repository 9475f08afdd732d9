using NetTopologySuite.IO;

namespace CityOps.Gis.SurveyImport.Sources.Tables;

/// <summary>Collects rows of text cells into chunks. Equal texts of a column that lie close together become one string.</summary>
sealed class TableChunks(int columns, TableShape shape)
{
    const int RememberedPerColumn = 1024;
    readonly string?[] _remembered = new string?[columns * RememberedPerColumn];
    readonly WKTReader _wkt = new();
    string?[][] _values = NewColumns(columns);
    GeometryColumn _geometry = new(FeatureChunk.MaxRows);
    long _first = 1;
    int _count;

    /// <summary>Row number, from 1, of the row that is added next.</summary>
    public long NextRow => _first + _count;

    /// <returns>The finished chunk when this row filled it.</returns>
    public FeatureChunk? Add(string?[] cells)
    {
        for (var i = 0; i < columns; i++)
            _values[i][_count] = Shared(i, cells[i]);
        if (shape.HasGeometry)
            TableGeometry.Put(shape, cells, _geometry, _count, _wkt);
        return ++_count == FeatureChunk.MaxRows ? Take() : null;
    }

    /// <returns>The rows collected so far, or null when there are none.</returns>
    public FeatureChunk? Take()
    {
        if (_count == 0)
            return null;
        var chunk = new FeatureChunk(_first, _count, [.. _values.Select(v => new TextColumn(v[.._count]))], shape.HasGeometry ? Cut(_geometry) : null);
        (_first, _count, _values, _geometry) = (_first + _count, 0, NewColumns(columns), new(FeatureChunk.MaxRows));
        return chunk;
    }

    GeometryColumn Cut(GeometryColumn full)
    {
        if (_count == FeatureChunk.MaxRows)
            return full;
        var cut = new GeometryColumn(_count);
        Array.Copy(full.Kinds, cut.Kinds, _count);
        Array.Copy(full.IsEmpty, cut.IsEmpty, _count);
        Array.Copy(full.X, cut.X, _count);
        Array.Copy(full.Y, cut.Y, _count);
        Array.Copy(full.Wkb, cut.Wkb, _count);
        return cut;
    }

    string? Shared(int column, string? text)
    {
        if (text is null)
            return null;
        ref var remembered = ref _remembered[column * RememberedPerColumn + (string.GetHashCode(text) & RememberedPerColumn - 1)];
        return remembered == text ? remembered : remembered = text;
    }

    static string?[][] NewColumns(int columns) => [.. Enumerable.Range(0, columns).Select(_ => new string?[FeatureChunk.MaxRows])];
}
