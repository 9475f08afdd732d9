namespace CityOps.Gis.Queries.Cql2;

/// <summary>Reads <c>DATE('…')</c>, <c>TIMESTAMP('…')</c> and <c>INTERVAL(…, …)</c> (OGC 21-065r2, clause 6.5).</summary>
sealed class CqlTimeReader(CqlCursor cursor)
{
    /// <summary>Does a day, a moment or an interval begin here?</summary>
    public bool IsHere => cursor.Next.IsSymbol("(") && cursor.Current is var word && (word.Is("date") || word.Is("timestamp") || word.Is("interval"));

    public CqlExpression Read()
    {
        var word = cursor.Take();
        cursor.Take();
        var read = word.Is("interval") ? Interval(word.Offset) : Instant(word.Is("date"));
        cursor.Expect(")");
        return read;
    }

    CqlExpression Instant(bool isDay)
    {
        var token = cursor.Current;
        if (token.Kind != CqlTokenKind.Text)
            return cursor.Wanted("单引号中的时间", "a time in single quotes");
        if (CqlInstants.Read(token.Value, token.Offset) is { } read && read.Type == CqlType.Date == isDay && cursor.Take() is var _)
            return read;
        return isDay
            ? cursor.Fail("日期应形如 '2026-01-31'。", "write a day as '2026-01-31'.")
            : cursor.Fail("时间应形如 '2026-01-31T08:00:00Z'，须带时区。", "write a moment as '2026-01-31T08:00:00Z', with its time zone.");
    }

    CqlInterval Interval(int offset)
    {
        var start = End();
        cursor.Expect(",");
        return new(start, End(), offset);
    }

    // A property, '..', a day or a moment.
    CqlExpression? End()
    {
        var token = cursor.Current;
        if (token.Kind is CqlTokenKind.Name or CqlTokenKind.QuotedName)
        {
            cursor.Take();
            return new CqlProperty(token.Value, Offset: token.Offset);
        }
        if (token.Kind != CqlTokenKind.Text)
            return cursor.Wanted("单引号中的时间、'..' 或字段", "a time in single quotes, '..' or a property");
        if (token.Value == "..")
        {
            cursor.Take();
            return null;
        }
        return CqlInstants.Read(token.Value, token.Offset) is { } read && cursor.Take() is var _
            ? read
            : cursor.Fail(CqlInstants.Form.Zh, CqlInstants.Form.En);
    }
}
