using CityOps.Gis.SurveyImport.Sources;

namespace CityOps.Gis.SurveyImport.Checking;

/// <summary>
/// A chunk after mapping and row checks, on its way to the staging table. Columns follow <c>LayerDefinition.Fields</c> one to one (null where the delivery has
/// none); each is of the class that its field type wants (Text and List: TextColumn, Boolean: IntegerColumn 0/1). Geometry is in EPSG:4490, longitude first.
/// </summary>
/// <param name="IsRefused">True for rows with an error: they go to quarantine with their delivered values, not to staging.</param>
public sealed record CheckedChunk(
    FeatureChunk Source, IReadOnlyList<Column?> Fields, GeometryColumn? Geometry, bool[] IsRefused, IReadOnlyList<RowIssue> Issues);
