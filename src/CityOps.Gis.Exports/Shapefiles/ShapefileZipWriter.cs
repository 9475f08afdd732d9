using System.Globalization;
using System.IO.Compression;
using System.Text;
using CityOps.Gis.Exports.Formats;
using CityOps.Gis.PostGis.Exports;

namespace CityOps.Gis.Exports.Shapefiles;

/// <summary>
/// A zip with one shapefile for each kind of geometry that occurs. The files are made in a work folder first, because their heads are known only at their ends.
/// </summary>
/// <param name="folder">Empty; holds nothing afterwards.</param>
sealed class ShapefileZipWriter(ExportRequest request, IReadOnlyList<DbfColumn> columns, string folder, Stream target) : IExportWriter
{
    /// <summary>Where readers lose their way: offsets in a shapefile are signed 32-bit numbers.</summary>
    public const long MostBytes = int.MaxValue;

    readonly SortedDictionary<ShapeType, ShapefileSet> _files = [];

    public ValueTask Add(ExportRow row, CancellationToken cancel)
    {
        var type = row.Shape is { } shape ? ShapeTypes.Of(shape) : _files.Count > 0 ? _files.Keys.First() : Usual();
        if (!_files.TryGetValue(type, out var file))
            _files[type] = file = new(Stem(type), type, request, columns);
        file.Add(row);
        return file.ShapeBytes <= MostBytes ? ValueTask.CompletedTask : throw TooLarge();
    }

    public async ValueTask End(CancellationToken cancel)
    {
        if (_files.Count == 0)
            _files[Usual()] = new(Stem(Usual()), Usual(), request, columns);
        foreach (var file in _files.Values)
            file.Dispose();
        WriteNotes();
        await Pack(cancel);
    }

    public ValueTask DisposeAsync()
    {
        foreach (var file in _files.Values)
            file.Dispose();
        return ValueTask.CompletedTask;
    }

    // The files go as they are packed, so that they and the zip take no more room than the files alone.
    async Task Pack(CancellationToken cancel)
    {
        await using var zip = await ZipArchive.CreateAsync(target, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8, cancel);
        foreach (var path in Directory.GetFiles(folder).Order(StringComparer.Ordinal))
        {
            await using (var source = File.OpenRead(path))
            await using (var entry = await zip.CreateEntry(Path.GetFileName(path), CompressionLevel.Fastest).OpenAsync(cancel))
                await source.CopyToAsync(entry, 1 << 18, cancel);
            File.Delete(path);
        }
    }

    /// <summary>Refusal of an export that no shapefile can hold.</summary>
    public static ExportRefusedException TooLarge() => new(new(
        "Shapefile 单个文件不能超过 2 GB；请按区或小类分开导出，或改用 GeoPackage。", "A file of a shapefile cannot be larger than 2 GB; export by district or class, or as GeoPackage."));

    ShapeType Usual() => request.Question.Layer.Geometry switch
    {
        Layers.GeometryKind.Line => ShapeType.PolyLine,
        Layers.GeometryKind.Polygon => ShapeType.Polygon,
        _ => ShapeType.Point,
    };

    // A layer of one kind needs no suffix, unless multi-points turn up.
    string Stem(ShapeType type)
        => Path.Combine(folder, request.Question.Layer.Id + (request.Question.Layer.Geometry is Layers.GeometryKind.Any || type == ShapeType.MultiPoint ? ShapeTypes.Suffix(type) : ""));

    void WriteNotes()
    {
        var cut = _files.Values.SelectMany(file => file.Cut).GroupBy(one => one.Key, one => one.Value).ToList();
        if (cut.Count == 0)
            return;
        var lines = cut.Select(one => string.Create(CultureInfo.InvariantCulture, $"- {one.Key}: {one.Sum():N0}"));
        File.WriteAllText(Path.Combine(folder, "notes.md"), $"""
            # 截断的文本 / Texts that were cut

            DBF 的文本最多 {DbfColumn.MostBytes} 字节，以下字段有更长的值被截断；GeoPackage 和 CSV 没有此限制。
            A text of a .dbf has at most {DbfColumn.MostBytes} bytes; longer values of these fields were cut. GeoPackage and CSV hold them whole.

            {string.Join('\n', lines)}

            """);
    }
}
