namespace CityOps.Gis.Tiles.Snapshots.Predicates;

/// <summary>Which codes of a column match: what a condition says of a text is worked out once per code, not per row.</summary>
/// <param name="matching">A byte per code, that of no value first.</param>
/// <param name="indexed">The same by the blocks' sets of codes; null for columns they do not know.</param>
sealed class CodeTable(CodeColumn column, byte[] matching, CodeCondition? indexed) : RowCondition
{
    public override bool IsPossible => matching.AsSpan().Contains((byte)1);

    public override bool MayHold(BlockLevel level, int at) => indexed is null || indexed.MayHold(level, at);

    public override bool IsMetByAll(BlockLevel level, int at) => indexed is not null && indexed.IsMetByAll(level, at);

    public override bool Matches(int row) => matching[column[row]] != 0;

    public override int Keep(Span<int> rows) => indexed is null ? base.Keep(rows) : indexed.Keep(rows);

    public override void Mask(int start, Span<ulong> mask)
    {
        if (indexed is null)
            base.Mask(start, mask);
        else
            indexed.Mask(start, mask);
    }

    // Some 20 µs of testing, for which whole blocks and impossible questions are known beforehand.
    const int MostAsked = 256;

    /// <summary>Asks a test of each code; of the codes of a large dictionary only when a row has them.</summary>
    public static RowCondition Of(LayerSnapshot snapshot, CodeColumn column, Func<int, bool> test)
    {
        if (column.Distinct > MostAsked && !snapshot.Codes.Contains(column))
            return new CodesByNeed(column, test);
        var matching = new byte[column.Distinct + 1];
        for (var code = 0; code < matching.Length; code++)
            matching[code] = test(code) ? (byte)1 : (byte)0;
        return Of(snapshot, column, matching);
    }

    public static CodeTable Of(LayerSnapshot snapshot, CodeColumn column, byte[] matching)
    {
        var number = Array.IndexOf([.. snapshot.Codes], column);
        return new(column, matching, number < 0 ? null : new(column, number, matching, snapshot.Blocks.Blocks.Words(number)));
    }
}
