using CityOps.Gis.Layers;

namespace CityOps.Gis.SurveyImport.Sources;

/// <summary>What a reader found out about one layer of a delivery without reading all of it.</summary>
public sealed record SourceLayer
{
    /// <summary>File within the delivery (path inside the zip or folder), with '/' between folders.</summary>
    public required string File { get; init; }
    public required string Name { get; init; }

    /// <summary>Format in words: <c>Shapefile</c>, <c>FileGDB</c>, <c>CSV</c>, …</summary>
    public required string Format { get; init; }
    public required IReadOnlyList<SourceColumn> Columns { get; init; }

    /// <summary>Null = a table without geometry.</summary>
    public GeometryKind? Geometry { get; init; }
    public bool HasZ { get; init; }
    public bool HasM { get; init; }
    public long? RowCount { get; init; }

    /// <summary>Declared reference system as WKT or <c>EPSG:n</c>; null when the file says nothing.</summary>
    public string? DeclaredCrs { get; init; }

    /// <summary>Encoding in use (.NET name) and how it is known, one sentence each (<c>The .cpg says GBK.</c>).</summary>
    public string? Encoding { get; init; }
    public IReadOnlyList<LocalText> EncodingEvidence { get; init; } = [];

    /// <summary>Declared or computed extent in source units: west, south, east, north.</summary>
    public (double MinX, double MinY, double MaxX, double MaxY)? Extent { get; init; }
}
