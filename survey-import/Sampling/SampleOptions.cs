namespace CityOps.Gis.SurveyImport.Sampling;

/// <summary>What sample city to write, and where. Equal options give equal bytes.</summary>
/// <param name="Folder">Made when it is not there; files of the same names are replaced.</param>
/// <param name="Defects">Plants known faults in the components and lists them in <c>defects.csv</c>.</param>
public sealed record SampleOptions(string Folder, SampleScale Scale, bool Defects, int Seed = 3502)
{
    /// <summary>Numbers of records; null = those of the scale.</summary>
    public SampleSize? Size { get; init; }
}
