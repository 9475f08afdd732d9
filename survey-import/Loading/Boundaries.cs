using System.Text.Json;
using CityOps.Gis.Crs;
using CityOps.Gis.Grids;
using CityOps.Gis.Layers;
using CityOps.Gis.SurveyImport.Checking;
using CityOps.Gis.SurveyImport.Mapping;
using CityOps.Gis.SurveyImport.Sources;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;

namespace CityOps.Gis.SurveyImport.Loading;

/// <summary>Boundaries of communities from any file of polygons, and made grids as GeoJSON.</summary>
public static class Boundaries
{
    static readonly string[] CodeNames = ["code", "sqdm", "commcode", "communitycode", "代码", "社区代码", "标识码", "社区编码"];

    /// <param name="code">Community code where the file has one polygon and no codes.</param>
    /// <returns>12-digit codes and polygons in EPSG:4490; polygons of one code are put together.</returns>
    /// <exception cref="SourceException">The file has no polygons, no codes or no known reference system.</exception>
    public static IReadOnlyList<(string Code, Geometry Boundary4490)> Read(string path, string? code, string? crs, CancellationToken cancel)
    {
        using var delivery = Delivery.Open(path);
        var layer = delivery.Layers.FirstOrDefault(one => one.Geometry is GeometryKind.Polygon or GeometryKind.Any)
            ?? throw Fault(path, "没有面图层。", "it has no layer of polygons.");
        using var reader = delivery.OpenReader(layer);
        var column = Column(layer);
        if (column < 0 && code is null)
            throw Fault(path, "没有社区代码字段，请用 --code 指定。", "it has no column of community codes; name the code with --code.");
        var found = new List<(string, Geometry)>();
        var wkb = new WKBReader();
        Placement? placement = null;
        foreach (var chunk in reader.Read(cancel))
        {
            placement ??= PlacementOf(path, layer, chunk, crs);
            var placed = placement.Apply(chunk.Geometry!, chunk.Count);
            for (var row = 0; row < chunk.Count; row++)
                if (placed.Wkb[row] is { } shape)
                    found.Add((code ?? Cells.Text(chunk.Columns[column], row) ?? "", wkb.Read(shape)));
        }
        return [.. found.GroupBy(one => one.Item1, one => one.Item2).Select(group => (group.Key, NetTopologySuite.Operation.Union.UnaryUnionOp.Union(group)))];
    }

    public static void Write(IReadOnlyList<MadeGrid> grids, string file)
    {
        using var stream = File.Create(file);
        using var writer = new Utf8JsonWriter(stream);
        writer.WriteStartObject();
        writer.WriteString("type", "FeatureCollection");
        writer.WriteStartArray("features");
        foreach (var grid in grids)
        {
            writer.WriteStartObject();
            writer.WriteString("type", "Feature");
            writer.WriteStartObject("properties");
            writer.WriteString("code", grid.Code.ToString());
            writer.WriteString("parent_code", grid.Code.Community);
            writer.WriteNumber("area_sqm", Math.Round(grid.AreaSqm, 2));
            writer.WriteString("status", "有效");
            writer.WriteEndObject();
            writer.WritePropertyName("geometry");
            writer.WriteRawValue(new GeoJsonText().Of(grid.Geometry4490));
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    static Placement PlacementOf(string path, SourceLayer layer, FeatureChunk chunk, string? crs)
    {
        var finding = CrsDetector.Detect(crs ?? layer.DeclaredCrs, chunk.Geometry!.X.AsSpan(0, chunk.Count), chunk.Geometry.Y.AsSpan(0, chunk.Count), null);
        return finding.Crs is { } known
            ? new(CoordinateTransform.To4490(known), finding.SwapAxes, MapOffset.None)
            : throw Fault(path, "无法判断坐标系，请用 --crs 指定。", "its reference system cannot be told; name it with --crs.");
    }

    static int Column(SourceLayer layer)
    {
        for (var index = 0; index < layer.Columns.Count; index++)
            if (CodeNames.Contains(FieldName.Normal(layer.Columns[index].Name)))
                return index;
        return -1;
    }

    static SourceException Fault(string path, string zh, string en) => new(new("BOUNDARY_UNUSABLE", path, new($"{path}：{zh}", $"{path}: {en}")));
}
