namespace CityOps.Gis.Crs;

/// <summary>
/// Finds the reference system of a delivery from what its file declares, what its numbers can be, and where the city lies.
/// </summary>
public static class CrsDetector
{
    /// <param name="declared">WKT, EPSG code or PROJ string of the file; null when it says nothing.</param>
    /// <param name="sampleX">X of some points as delivered, first axis first.</param>
    /// <param name="area">The city's districts in degrees; null while the database is empty.</param>
    public static CrsFinding Detect(string? declared, ReadOnlySpan<double> sampleX, ReadOnlySpan<double> sampleY, SurveyArea? area)
        => new CrsInquiry(declared, CoordinateSample.Of(sampleX, sampleY), area).Decide();
}
