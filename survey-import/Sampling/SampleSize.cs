namespace CityOps.Gis.SurveyImport.Sampling;

/// <summary>Numbers of records of a sample city.</summary>
/// <param name="Components">Components in the delivery; null = what is missing from <paramref name="Total"/>.</param>
/// <param name="GridMonths">Months for which every community (or, when <paramref name="IsFull"/>, every management grid) is assessed.</param>
/// <param name="Total">Records of all layers together, when that is what is asked for.</param>
/// <param name="IsFull">Surveys small things too (bollards, slabs, door plates), as a full census does.</param>
public sealed record SampleSize(int? Components, int Cases, int Cameras, int Devices, int GridMonths, int? Total = null, bool IsFull = false)
{
    /// <summary>Xiamen's published figures: 25,592,042 records, 120,000 cameras, about 3,262 new cases a day for 1,096 days.</summary>
    public static SampleSize Of(SampleScale scale) => scale switch
    {
        SampleScale.Demo => new(200_000, 30_000, 12_000, 3_000, 12),
        SampleScale.Million => new(1_000_000, 150_000, 12_000, 12_000, 36),
        _ => new(null, 3_575_152, 120_000, 60_000, 36, 25_592_042, IsFull: true),
    };
}
