namespace CityOps.Gis.SurveyImport.Sampling;

/// <summary>Records written, by file.</summary>
sealed class SampleTally
{
    readonly SortedDictionary<string, long> _records = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, long> Records => _records;
    public long Total => _records.Values.Sum();
    public void Add(string file, long records) => _records[file] = _records.GetValueOrDefault(file) + records;
}
