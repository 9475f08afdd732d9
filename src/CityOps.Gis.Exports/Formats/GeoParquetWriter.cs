using System.Text.Json;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Exports;
using Parquet.Schema;

namespace CityOps.Gis.Exports.Formats;

/// <summary>GeoParquet 1.1 with geometries as WKB. Rows are held column by column until a row group is full, which bounds the memory.</summary>
sealed class GeoParquetWriter : IExportWriter
{
    const int RowsPerGroup = 1 << 15;
    const string GeometryName = "geometry";

    readonly Parquet.ParquetWriter _writer;
    readonly IReadOnlyList<ParquetColumn> _columns;
    readonly DataField _fidField;
    readonly DataField? _geometryField;
    readonly List<long> _fids = new(RowsPerGroup);
    readonly List<byte[]?> _geometries = [];

    GeoParquetWriter(Parquet.ParquetWriter writer, DataField fid, IReadOnlyList<ParquetColumn> columns, DataField? geometry)
        => (_writer, _fidField, _columns, _geometryField) = (writer, fid, columns, geometry);

    public static async Task<GeoParquetWriter> Create(ExportRequest request, IReadOnlyList<ExportColumn> columns, Stream target, CancellationToken cancel)
    {
        var fid = new DataField<long>("fid");
        var fields = columns.Select((column, index) => ParquetColumn.Of(column, index)).ToList();
        var geometry = request.Question.Layer.Geometry == GeometryKind.None ? null : new DataField(GeometryName, typeof(byte[]), isNullable: true);
        var schema = new ParquetSchema([fid, .. fields.Select(one => one.Field), .. geometry is null ? Array.Empty<DataField>() : [geometry]]);
        var writer = await Parquet.ParquetWriter.CreateAsync(schema, target, cancellationToken: cancel);
        if (geometry is not null)
            writer.CustomMetadata = new Dictionary<string, string> { ["geo"] = Metadata() };
        return new(writer, fid, fields, geometry);
    }

    public async ValueTask Add(ExportRow row, CancellationToken cancel)
    {
        _fids.Add(row.Fid);
        foreach (var column in _columns)
            column.Add(row);
        if (_geometryField is not null)
            _geometries.Add(Wkb(row));
        if (_fids.Count == RowsPerGroup)
            await WriteGroup(cancel);
    }

    public async ValueTask End(CancellationToken cancel)
    {
        if (_fids.Count > 0)
            await WriteGroup(cancel);
        await _writer.DisposeAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    async Task WriteGroup(CancellationToken cancel)
    {
        using var group = _writer.CreateRowGroup();
        await group.WriteAsync<long>(_fidField, _fids.ToArray(), cancellationToken: cancel);
        foreach (var column in _columns)
            await column.Write(group, cancel);
        if (_geometryField is not null)
            await group.WriteAsync(_geometryField, _geometries!);
        group.CompleteValidate();
        _fids.Clear();
        _geometries.Clear();
    }

    static byte[]? Wkb(ExportRow row)
    {
        if (row.Shape is not { } shape)
            return null;
        var wkb = new byte[shape.WkbLength];
        shape.Write(wkb);
        return wkb;
    }

    // Without a reference system GeoParquet means longitude and latitude of WGS 84, with which CGCS2000 counts as equal.
    static string Metadata() => JsonSerializer.Serialize(new
    {
        version = "1.1.0",
        primary_column = GeometryName,
        columns = new Dictionary<string, object> { [GeometryName] = new { encoding = "WKB", geometry_types = Array.Empty<string>() } },
    });
}
