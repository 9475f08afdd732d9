using System.Data.Common;
using System.Globalization;
using CityOps.Gis.Crs;
using CityOps.Gis.Features;
using CityOps.Gis.Layers;

namespace CityOps.Gis.PostGis.Exports;

/// <summary>The row of an export at which its reader stands. One instance for all rows: take what is needed before the next.</summary>
public sealed class ExportRow
{
    const int FirstColumn = 2, AtX = -1, AtY = -2;

    readonly DbDataReader _reader;
    readonly CoordinateTransform? _transform;
    readonly int[] _at;
    readonly FieldType[] _types;
    readonly FlatShape _shape = new();
    byte[] _wkb = new byte[256];

    /// <param name="transform">From degrees to the reference system of the export; null = degrees.</param>
    internal ExportRow(DbDataReader reader, IReadOnlyList<ExportColumn> columns, CoordinateTransform? transform)
    {
        (_reader, _transform) = (reader, transform);
        _types = [.. columns.Select(column => column.Type)];
        _at = new int[columns.Count];
        for (int index = 0, at = FirstColumn; index < _at.Length; index++)
            _at[index] = columns[index].Source switch { ExportColumn.X => AtX, ExportColumn.Y => AtY, _ => at++ };
    }

    public long Fid { get; private set; }

    /// <summary>The geometry in the reference system of the export, or null where the row has none.</summary>
    public FlatShape? Shape { get; private set; }

    public bool IsNull(int column) => _at[column] >= 0 ? _reader.IsDBNull(_at[column]) : Shape is not { Kind: GeometryKind.Point, IsMulti: false };

    public string String(int column) => _reader.GetString(_at[column]);

    public long Integer(int column) => _reader.GetInt64(_at[column]);

    public double Real(int column) => _at[column] switch
    {
        AtX => Shape!.X[0],
        AtY => Shape!.Y[0],
        var at => _reader.GetDouble(at),
    };

    public DateOnly Date(int column) => _reader.GetFieldValue<DateOnly>(_at[column]);

    /// <summary>In UTC.</summary>
    public DateTime Instant(int column) => _reader.GetFieldValue<DateTime>(_at[column]);

    public bool Truth(int column) => _reader.GetBoolean(_at[column]);

    public string[] List(int column) => _reader.GetFieldValue<string[]>(_at[column]);

    /// <summary>Any value as the importer reads it from a flat file: ISO dates, UTC times, 1 and 0, list members separated by <c>;</c>. Null where there is none.</summary>
    public string? Text(int column) => IsNull(column) ? null : _types[column] switch
    {
        FieldType.Text => String(column),
        FieldType.Integer => Integer(column).ToString(CultureInfo.InvariantCulture),
        FieldType.Real => Real(column).ToString("R", CultureInfo.InvariantCulture),
        FieldType.Date => Date(column).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        FieldType.DateTime => Instant(column).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture),
        FieldType.Boolean => Truth(column) ? "1" : "0",
        _ => string.Join(';', List(column)),
    };

    internal void Take()
    {
        Fid = _reader.GetInt64(0);
        Shape = null;
        if (_reader.IsDBNull(1))
            return;
        var length = (int)_reader.GetBytes(1, 0, null, 0, 0);
        if (_wkb.Length < length)
            _wkb = new byte[length * 2];
        _reader.GetBytes(1, 0, _wkb, 0, length);
        _shape.Read(_wkb.AsSpan(0, length));
        if (_shape.Kind == GeometryKind.None)
            return;
        _transform?.Apply(_shape.X, _shape.Y);
        Shape = _shape;
    }
}
