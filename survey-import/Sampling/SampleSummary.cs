namespace CityOps.Gis.SurveyImport.Sampling;

/// <summary>What was written (also in <c>sample.json</c>).</summary>
/// <param name="Records">Records by file, relative to the folder; shapefiles of the delivery as <c>components.zip/路灯.shp</c>.</param>
/// <param name="Defects">Planted faults.</param>
public sealed record SampleSummary(string Folder, SampleScale Scale, int Seed, IReadOnlyDictionary<string, long> Records, int Defects)
{
    public long Total => Records.Values.Sum();
}
