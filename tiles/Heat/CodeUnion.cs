using CityOps.Gis.Tiles.Snapshots;

namespace CityOps.Gis.Tiles.Heat;

/// <summary>One numbering for the dictionaries of several parts: the first column's own codes, then what the others have besides. Number 0 is no value.</summary>
sealed class CodeUnion
{
    readonly Dictionary<string, int> _more = [];
    readonly List<string> _moreTexts = [];
    CodeColumn? _first;

    /// <summary>Numbers in use, with 0.</summary>
    public int Length => _first is null ? 1 : _first.Distinct + 1 + _moreTexts.Count;

    public string Text(int number) => number <= _first!.Distinct ? _first.Text(number)! : _moreTexts[number - _first.Distinct - 1];

    /// <summary>The number of each code of a column.</summary>
    public int[] Add(CodeColumn column)
    {
        var numbers = new int[column.Distinct + 1];
        for (var code = 1; code < numbers.Length; code++)
            numbers[code] = _first is null ? code : NumberOf(column.Text(code)!);
        _first ??= column;
        return numbers;
    }

    int NumberOf(string text)
    {
        if (_first!.Find(text) is > 0 and var code)
            return code;
        if (!_more.TryGetValue(text, out var number))
        {
            _more[text] = number = Length;
            _moreTexts.Add(text);
        }
        return number;
    }
}
