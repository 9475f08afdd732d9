namespace CityOps.Gis.SurveyImport.Checking;

/// <summary>
/// Faults of one layer of a delivery as its rows go by. All are counted; of warnings and notes only the first of each code are kept singly, so that a column
/// that is wrong in every row does not fill the memory. One thread.
/// </summary>
public sealed class Findings(int mostKept)
{
    readonly long[] _counts = new long[Enum.GetValues<IssueCode>().Length];
    List<RowIssue> _issues = [];
    bool[] _isRefused = [];
    long _firstRow;

    /// <summary>Counts by code.</summary>
    public IEnumerable<KeyValuePair<IssueCode, long>> Counts
        => Enum.GetValues<IssueCode>().Where(code => _counts[(int)code] > 0).Select(code => KeyValuePair.Create(code, _counts[(int)code]));

    /// <summary>Begins a chunk.</summary>
    public void Begin(long firstRow, int count) => (_firstRow, _isRefused, _issues) = (firstRow, new bool[count], []);

    /// <summary>Refused rows and kept issues of the chunk.</summary>
    public (bool[] IsRefused, IReadOnlyList<RowIssue> Issues) End() => (_isRefused, _issues);

    public bool IsRefused(int row) => _isRefused[row];

    /// <param name="row">Row in the chunk, from 0.</param>
    public void Add(IssueCode code, int row, string? field, string? value, string? expected = null)
    {
        var severity = Rules.Of(code).Severity;
        if (severity == Severity.Error)
            _isRefused[row] = true;
        if (_counts[(int)code]++ < mostKept || severity == Severity.Error)
            _issues.Add(new(code, severity, _firstRow + row, field, value, expected));
    }

    /// <summary>A fault of the layer as a whole.</summary>
    public RowIssue AddToLayer(IssueCode code, string? field, string? value, string? expected = null)
    {
        _counts[(int)code]++;
        return new(code, Rules.Of(code).Severity, 0, field, value, expected);
    }
}
