namespace CityOps.Gis.SurveyImport.Sources.Gdal;

/// <summary>Finds the layers that GDAL reads.</summary>
static class GdalSource
{
    public static IEnumerable<(SourceLayer Layer, Func<IFeatureReader> Open)> Describe(DeliveryFile file, string extension, List<SourceFault> faults)
        => throw new SourceException(Faults.GdalMissing(file.Name + extension + faults.Count));
}
