using System.Buffers.Binary;
using CityOps.Gis.SurveyImport.Encodings;

namespace CityOps.Gis.SurveyImport.Sources.Shapefiles;

/// <summary>
/// Reads a shapefile column by column. The three files are mapped; a chunk's rows (at most <see cref="FeatureChunk.MaxRows"/> live ones) are consecutive records of
/// the .dbf, so each field is one strided pass over them. Rows marked deleted are skipped with their shapes and not numbered. One thread at a time.
/// </summary>
sealed class ShapefileReader : IFeatureReader
{
    /// <summary>Chunks whose pages may stay in memory.</summary>
    const int ChunksKept = 4;

    readonly ShapefileParts _parts;
    readonly MappedFile _shp;
    readonly ShapeIndex _index;
    readonly DbfTable _dbf;
    readonly DbfColumns[] _columns;
    readonly ShapeDecoder _decoder = new();
    readonly int[] _rows = new int[FeatureChunk.MaxRows];

    public ShapefileReader(ShapefileParts parts, SourceLayer layer)
    {
        (_parts, Layer) = (parts, layer);
        _shp = new(parts.Shp);
        _index = ShapeIndex.Open(parts.Shx, _shp);
        _dbf = new(parts.Dbf!, parts.DbfFile);
        var decoder = new TextDecoder(CodePages.Named(layer.Encoding)!);
        _columns = [.. _dbf.Fields.Select(field => new DbfColumns(field, decoder))];
    }

    public SourceLayer Layer { get; }

    public IEnumerable<FeatureChunk> Read(CancellationToken cancel)
    {
        long number = 1;
        for (long first = 0; first < _dbf.DeclaredRows; first += FeatureChunk.MaxRows)
        {
            cancel.ThrowIfCancellationRequested();
            if (first >= _dbf.WholeRows)
                throw new SourceException(Faults.Truncated(_parts.DbfFile, first + 1));
            var chunk = ReadChunk(first, (int)Math.Min(FeatureChunk.MaxRows, _dbf.WholeRows - first), number);
            if (chunk.Count > 0)
                yield return chunk;
            number += chunk.Count;
            if (first / FeatureChunk.MaxRows % ChunksKept == ChunksKept - 1)
                Forget();
            if (first + FeatureChunk.MaxRows >= _dbf.WholeRows && _dbf.WholeRows < _dbf.DeclaredRows)
                throw new SourceException(Faults.Truncated(_parts.DbfFile, _dbf.WholeRows + 1));
        }
    }

    // Pages of a mapped file count as the process's memory until they are given back.
    void Forget()
    {
        _dbf.Forget();
        _index.Forget();
        _shp.Forget();
    }

    public void Dispose()
    {
        _dbf.Dispose();
        _index.Dispose();
        _shp.Dispose();
    }

    FeatureChunk ReadChunk(long first, int count, long number)
    {
        var records = _dbf.Rows(first, count);
        var stride = _dbf.Stride;
        var live = 0;
        for (var i = 0; i < count; i++)
            if (records[i * stride] != '*')
                _rows[live++] = i;
        var rows = _rows.AsSpan(0, live);
        var columns = new Column[_columns.Length];
        for (var i = 0; i < columns.Length; i++)
            columns[i] = _columns[i].Read(records, stride, rows);
        return new(number, live, columns, ReadShapes(first, rows));
    }

    GeometryColumn ReadShapes(long first, ReadOnlySpan<int> rows)
    {
        var target = new GeometryColumn(rows.Length);
        if (Layer.Geometry is { } kind)
            Array.Fill(target.Kinds, kind);
        for (var i = 0; i < rows.Length; i++)
            if (!_decoder.TryRead(Content(first + rows[i]), target, i))
                throw new SourceException(Faults.RecordBroken(_parts.File, first + rows[i] + 1));
        return target;
    }

    ReadOnlySpan<byte> Content(long row)
    {
        var offset = row < _index.Count ? _index.Offset(row) : _shp.Length;
        if (offset < 100 || offset + 8 > _shp.Length)
            throw new SourceException(Faults.Truncated(_parts.File, row + 1));
        var length = Math.Max(2 * BinaryPrimitives.ReadInt32BigEndian(_shp.Span(offset + 4, 4)), _index.Length(row));
        return length >= 0 && offset + 8 + length <= _shp.Length
            ? _shp.Span(offset + 8, length)
            : throw new SourceException(Faults.Truncated(_parts.File, row + 1));
    }
}
