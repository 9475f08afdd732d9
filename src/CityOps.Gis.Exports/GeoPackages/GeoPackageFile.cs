using System.Buffers.Binary;
using System.Globalization;
using CityOps.Gis.Crs;
using CityOps.Gis.Features;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Exports;
using Microsoft.Data.Sqlite;

namespace CityOps.Gis.Exports.GeoPackages;

/// <summary>A GeoPackage of one layer with its spatial index, written row by row. One thread; the file is complete after <see cref="Complete"/>.</summary>
sealed class GeoPackageFile : IDisposable
{
    const int HeadBytes = 8, BoxBytes = 32;
    const byte LittleEndian = 1, WithBox = 1 << 1;

    readonly SqliteConnection _connection;
    readonly SqliteTransaction _transaction;
    readonly SqliteCommand _insert;
    readonly SqliteCommand? _index;
    readonly IReadOnlyList<ExportColumn> _columns;
    readonly LayerDefinition _layer;
    readonly CrsDefinition _crs;
    double _west = double.MaxValue, _south = double.MaxValue, _east = double.MinValue, _north = double.MinValue;

    public GeoPackageFile(string path, ExportRequest request, IReadOnlyList<ExportColumn> columns)
    {
        (_layer, _crs, _columns) = (request.Question.Layer, request.Crs, columns);
        _connection = new(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString);
        _connection.Open();
        Run(GeoPackageSchema.Tables);
        _transaction = _connection.BeginTransaction();
        Run(CreateTable());
        _insert = Prepare($"insert into {Quoted(_layer.Id)} values ({string.Join(", ", Enumerable.Range(0, columns.Count + (HasGeometry ? 2 : 1)).Select(Parameter))})",
            columns.Count + (HasGeometry ? 2 : 1));
        if (!HasGeometry)
            return;
        Run(GeoPackageSchema.Index(_layer.Id));
        _index = Prepare($"insert into \"rtree_{_layer.Id}_geom\" values ({string.Join(", ", Enumerable.Range(0, 5).Select(Parameter))})", 5);
    }

    bool HasGeometry => _layer.Geometry != GeometryKind.None;

    public void Add(ExportRow row)
    {
        var values = _insert.Parameters;
        values[0].Value = row.Fid;
        var first = HasGeometry ? 2 : 1;
        if (HasGeometry)
            values[1].Value = row.Shape is { } shape ? Blob(shape) : DBNull.Value;
        for (var column = 0; column < _columns.Count; column++)
            values[first + column].Value = row.IsNull(column) ? DBNull.Value : Value(row, column);
        _insert.ExecuteNonQuery();
        if (row.Shape is { } indexed)
            AddToIndex(row.Fid, indexed);
    }

    /// <summary>Writes the extent and the triggers, and closes the file.</summary>
    public void Complete()
    {
        if (HasGeometry)
        {
            if (_west <= _east)
                Run(string.Create(CultureInfo.InvariantCulture, $"update gpkg_contents set min_x = {_west:R}, min_y = {_south:R}, max_x = {_east:R}, max_y = {_north:R}"));
            Run(GeoPackageSchema.Triggers(_layer.Id));
        }
        _transaction.Commit();
        Dispose();
    }

    public void Dispose()
    {
        _insert.Dispose();
        _index?.Dispose();
        _transaction.Dispose();
        _connection.Dispose();
    }

    string CreateTable()
    {
        var geometry = HasGeometry ? $", geom {KindName}" : "";
        var fields = string.Concat(_columns.Select(column => $", {Quoted(column.Name)} {TypeOf(column.Type)}"));
        var contents = HasGeometry ? "features" : "attributes";
        return string.Create(CultureInfo.InvariantCulture, $"""
            insert into gpkg_spatial_ref_sys values ({Literal(_crs.Name)}, {_crs.Epsg}, 'EPSG', {_crs.Epsg}, {Literal(_crs.ToWkt())}, null);
            {(_crs.Epsg == 4326 ? "" : Wgs84)}
            insert into gpkg_contents (table_name, data_type, identifier, description, srs_id) values ({Literal(_layer.Id)}, '{contents}', {Literal(_layer.Title.Zh)}, {Literal(_layer.Title.En)}, {(HasGeometry ? _crs.Epsg : "null")});
            {(HasGeometry ? $"insert into gpkg_geometry_columns values ({Literal(_layer.Id)}, 'geom', '{KindName}', {_crs.Epsg}, 0, 0);" : "")}
            create table {Quoted(_layer.Id)} (fid integer primary key autoincrement not null{geometry}{fields})
            """);
    }

    // The standard wants every GeoPackage to know WGS 84 (requirement 11).
    static string Wgs84 => $"insert into gpkg_spatial_ref_sys values ('WGS 84', 4326, 'EPSG', 4326, {Literal(CrsCatalog.Find(4326)!.ToWkt())}, null);";

    // Lines and polygons may be multiple, and a layer of any kind holds all.
    string KindName => _layer.Geometry == GeometryKind.Point ? "POINT" : "GEOMETRY";

    static string TypeOf(FieldType type) => type switch
    {
        FieldType.Integer => "INTEGER",
        FieldType.Real => "DOUBLE",
        FieldType.Date => "DATE",
        FieldType.DateTime => "DATETIME",
        FieldType.Boolean => "BOOLEAN",
        _ => "TEXT",
    };

    object Value(ExportRow row, int column) => _columns[column].Type switch
    {
        FieldType.Integer => row.Integer(column),
        FieldType.Real => row.Real(column),
        FieldType.Boolean => row.Truth(column) ? 1L : 0L,
        FieldType.DateTime => row.Instant(column).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        _ => row.Text(column)!,
    };

    // "GP", version, flags, reference system, then the box (not for points) and ISO WKB.
    byte[] Blob(FlatShape shape)
    {
        var hasBox = shape is not { Kind: GeometryKind.Point, IsMulti: false };
        var head = HeadBytes + (hasBox ? BoxBytes : 0);
        var blob = new byte[head + shape.WkbLength];
        (blob[0], blob[1], blob[3]) = ((byte)'G', (byte)'P', (byte)(LittleEndian | (hasBox ? WithBox : 0)));
        BinaryPrimitives.WriteInt32LittleEndian(blob.AsSpan(4), _crs.Epsg!.Value);
        if (hasBox)
        {
            var box = shape.Box();
            double[] edges = [box.West, box.East, box.South, box.North];
            for (var edge = 0; edge < edges.Length; edge++)
                BinaryPrimitives.WriteDoubleLittleEndian(blob.AsSpan(HeadBytes + 8 * edge), edges[edge]);
        }
        shape.Write(blob.AsSpan(head));
        return blob;
    }

    void AddToIndex(long fid, FlatShape shape)
    {
        var box = shape.Box();
        (_west, _south, _east, _north) = (Math.Min(_west, box.West), Math.Min(_south, box.South), Math.Max(_east, box.East), Math.Max(_north, box.North));
        var values = _index!.Parameters;
        (values[0].Value, values[1].Value, values[2].Value, values[3].Value, values[4].Value) = (fid, box.West, box.East, box.South, box.North);
        _index.ExecuteNonQuery();
    }

    SqliteCommand Prepare(string sql, int parameters)
    {
        var command = new SqliteCommand(sql, _connection, _transaction);
        for (var at = 0; at < parameters; at++)
            command.Parameters.Add(new(Parameter(at), DBNull.Value));
        command.Prepare();
        return command;
    }

    void Run(string sql)
    {
        using var command = new SqliteCommand(sql, _connection, _transaction);
        command.ExecuteNonQuery();
    }

    static string Parameter(int number) => string.Create(CultureInfo.InvariantCulture, $"@p{number}");

    static string Quoted(string name) => '"' + name.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';

    static string Literal(string text) => '\'' + text.Replace("'", "''", StringComparison.Ordinal) + '\'';
}
