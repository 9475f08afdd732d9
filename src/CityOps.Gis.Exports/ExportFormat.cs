namespace CityOps.Gis.Exports;

/// <summary>The formats of an export.</summary>
public enum ExportFormat
{
    /// <summary>One FeatureCollection (RFC 7946).</summary>
    GeoJson,

    /// <summary>A sequence of features, each after a record separator (RFC 8142).</summary>
    GeoJsonSeq,

    /// <summary>A feature a line.</summary>
    GeoJsonLines,
    Csv,
    Excel,
    GeoPackage,

    /// <summary>A zip with a shapefile for each kind of geometry.</summary>
    Shapefile,
    FlatGeobuf,

    /// <summary>GeoParquet 1.1.</summary>
    Parquet,
}
