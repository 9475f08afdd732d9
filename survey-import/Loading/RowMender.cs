using CityOps.Gis.Crs;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;
using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.SurveyImport.Checking;
using CityOps.Gis.SurveyImport.Mapping;
using CityOps.Gis.SurveyImport.Reporting;
using CityOps.Gis.SurveyImport.Sources;
using NetTopologySuite.IO;
using Npgsql;

namespace CityOps.Gis.SurveyImport.Loading;

/// <summary>Checks single refused rows again, as a person mends them: by the mapping and the settings of their batch, with their place as it is stored (EPSG:4490).</summary>
public sealed class RowMender(NpgsqlDataSource source, LayerCatalog catalog)
{
    readonly Importer _importer = new(source, catalog);

    /// <summary>How the layer of the delivery that rows came from was read; null for batches that keep no inspection.</summary>
    public LayerInspection? InspectionOf(Batch batch, string sourceLayer)
        => catalog.Find(batch.LayerId) is { } layer ? StoredInspection.Parse(batch.Inspection, layer).Layers.FirstOrDefault(one => one.Source.Name == sourceLayer) : null;

    /// <summary>What is wrong with the row as it is now. Whether others have its code shows only when it is sent.</summary>
    /// <exception cref="InvalidOperationException">The batch keeps no inspection.</exception>
    public async Task<IReadOnlyList<RowIssue>> Check(Batch batch, QuarantinedRow row, MendedRow mended, CancellationToken cancel = default)
    {
        var inspection = InspectionOf(batch, row.SourceLayer) ?? throw new InvalidOperationException($"Batch {batch.Id} keeps no inspection, so its rows cannot be checked singly.");
        var settings = Importer.SettingsOf(batch);
        var context = _importer.Context(_importer.LayerOf(settings), settings, await SpineFacts.Load(source, cancel));
        var checker = new RowChecker(context, inspection.Mapping, new(null, false, MapOffset.None), inspection.CodeLayout, inspection.ClassTable);
        var columns = inspection.Source.Columns.Select(column => (Column)new TextColumn([mended.Values.GetValueOrDefault(column.Name)])).ToList();
        var result = checker.Check(new(row.Row, 1, columns, inspection.Source.Geometry is null ? null : Place(row, mended)));
        return result.IsRefused[0] || await Outside(batch, context.Layer, inspection, result, cancel) is not { } outside ? result.Issues : [.. result.Issues, outside];
    }

    // What is sound may still lie where the maker of the delivery may not write.
    async Task<RowIssue?> Outside(Batch batch, LayerDefinition layer, LayerInspection inspection, CheckedChunk row, CancellationToken cancel)
    {
        string? Value(string? name) => layer.Fields.Index().FirstOrDefault(one => one.Item.Name == name) is { Item: not null } field ? row.Fields[field.Index]?.Text(0) : null;
        return batch.Maker.Scope is { } scope
            && await StagedScope.Of(source, layer, scope, Shape(row.Geometry), Value(layer.Key), Value("class_code"), Value(layer.DepartmentField), cancel) is { } outside
            ? OutsideRows.Issue(outside with { Row = row.Source.FirstRow }, Importer.KeyFieldOf(inspection, layer))
            : null;
    }

    static NetTopologySuite.Geometries.Geometry? Shape(GeometryColumn? place)
        => place is null || place.IsEmpty[0] ? null : place.Wkb[0] is { } wkb ? new WKBReader().Read(wkb) : new NetTopologySuite.Geometries.Point(place.X[0], place.Y[0]);

    static GeometryColumn Place(QuarantinedRow row, MendedRow mended)
    {
        var place = new GeometryColumn(1);
        if (mended.Place is [var x, var y])
            (place.Kinds[0], place.X[0], place.Y[0]) = (GeometryKind.Point, x, y);
        else if (row.GeoJson is null)
            place.IsEmpty[0] = true;
        else if (GeometryText.Of(row.GeoJson) is { Position: { } position })
            (place.Kinds[0], place.X[0], place.Y[0]) = (GeometryKind.Point, Number(position.X), Number(position.Y));
        else
        {
            var shape = new WKTReader().Read(GeometryText.Of(row.GeoJson).Wkt);
            (place.Kinds[0], place.Wkb[0]) = (shape.Dimension == NetTopologySuite.Geometries.Dimension.Surface ? GeometryKind.Polygon : GeometryKind.Line, shape.AsBinary());
            (place.X[0], place.Y[0]) = (shape.InteriorPoint.X, shape.InteriorPoint.Y);
        }
        return place;
    }

    static double Number(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
