using CityOps.Gis.Exports.Formats;
using CityOps.Gis.PostGis.Exports;

namespace CityOps.Gis.Exports.GeoPackages;

/// <summary>A GeoPackage, made in a work folder and sent when it is complete; on request turned into FlatGeobuf by GDAL on the way.</summary>
sealed class GeoPackageWriter(ExportRequest request, IReadOnlyList<ExportColumn> columns, string folder, Stream target) : IExportWriter
{
    readonly GeoPackageFile _file = new(Path.Combine(folder, "export.gpkg"), request, columns);

    public ValueTask Add(ExportRow row, CancellationToken cancel)
    {
        _file.Add(row);
        return ValueTask.CompletedTask;
    }

    public async ValueTask End(CancellationToken cancel)
    {
        _file.Complete();
        var path = Path.Combine(folder, "export.gpkg");
        if (request.Format == ExportFormat.FlatGeobuf)
            path = await Ogr2ogr.ToFlatGeobuf(path, request.Question.Layer.Id, cancel);
        await using var made = File.OpenRead(path);
        await made.CopyToAsync(target, 1 << 18, cancel);
    }

    public ValueTask DisposeAsync()
    {
        _file.Dispose();
        return ValueTask.CompletedTask;
    }
}
