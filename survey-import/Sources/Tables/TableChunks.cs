using NetTopologySuite.IO;

namespace CityOps.Gis.SurveyImport.Sources.Tables;

/// <summary>Collects rows of text cells into chunks. Equal texts of a column that lie close together become one string.</summary>
/// <param name="put">Puts the geometry that a row's cells hold into its place, or null for a table without geometry.</param>
/// <param name="toColumn">Makes the column of a chunk from its texts; null where all stay texts.</param>
sealed class TableChunks(int columns, Action<string?[], GeometryColumn, int>? put, Func<int, string?[], Column>? toColumn = null)
{
    const int RememberedPerColumn = 1024;
    readonly string?[] _remembered = new string?[columns * RememberedPerColumn];
    string?[][] _values = NewColumns(columns);
    GeometryColumn _geometry = new(FeatureChunk.MaxRows);
    long _first = 1;
    int _count;

    public TableChunks(int columns, TableShape shape)
        : this(columns, shape.HasGeometry ? Placing(shape) : null)
    {
    }

    /// <summary>Row number, from 1, of the row that is added next.</summary>
    public long NextRow => _first + _count;

    /// <returns>The finished chunk when this row filled it.</returns>
    public FeatureChunk? Add(string?[] cells)
    {
        for (var i = 0; i < columns; i++)
            _values[i][_count] = Shared(i, cells[i]);
        put?.Invoke(cells, _geometry, _count);
        return ++_count == FeatureChunk.MaxRows ? Take() : null;
    }

    /// <returns>The rows collected so far, or null when there are none.</returns>
    public FeatureChunk? Take()
    {
        if (_count == 0)
            return null;
        var chunk = new FeatureChunk(_first, _count, [.. _values.Select((texts, i) => ToColumn(i, texts[.._count]))], put is null ? null : Cut(_geometry));
        (_first, _count, _values, _geometry) = (_first + _count, 0, NewColumns(columns), new(FeatureChunk.MaxRows));
        return chunk;
    }

    Column ToColumn(int column, string?[] texts) => toColumn?.Invoke(column, texts) ?? new TextColumn(texts);

    static Action<string?[], GeometryColumn, int> Placing(TableShape shape)
    {
        var wkt = new WKTReader();
        return (cells, geometry, row) => TableGeometry.Put(shape, cells, geometry, row, wkt);
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
