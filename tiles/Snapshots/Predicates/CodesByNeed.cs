namespace CityOps.Gis.Tiles.Snapshots.Predicates;

/// <summary>
/// Which codes of a large dictionary match, found out when a row has the code: a question of a few blocks meets a few thousand of a dictionary's millions of texts. Many
/// threads may find out the same; they find the same.
/// </summary>
sealed class CodesByNeed(CodeColumn column, Func<int, bool> test) : RowCondition
{
    const byte Matching = 1, Other = 2;

    // A byte per code, that of no value first; 0 = nobody has asked.
    readonly byte[] _known = new byte[column.Distinct + 1];

    public override bool Matches(int row)
    {
        var code = column[row];
        return _known[code] is not 0 and var known ? known == Matching : Find(code);
    }

    bool Find(int code)
    {
        var isMatching = test(code);
        _known[code] = isMatching ? Matching : Other;
        return isMatching;
    }
}
