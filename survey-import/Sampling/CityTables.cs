namespace CityOps.Gis.SurveyImport.Sampling;

sealed class CityTables(SampleWorld world, SampleSize size, string folder, SampleTally tally, CancellationToken cancel)
{
    public void Write() { _ = (world, size, folder, tally, cancel); }
}
