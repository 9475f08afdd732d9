namespace CityOps.Gis.Tiles.Snapshots.Predicates;

/// <summary>Reads days and moments back from the texts that <see cref="BinaryText"/> writes: as PostgreSQL counts them, from 2000-01-01.</summary>
static class WrittenTime
{
    const long DayMicros = 86_400_000_000;

    // Days from 0000-03-01 to 2000-01-01.
    const long ToMarchOfYearZero = 730_425;

    public static long Days(ReadOnlySpan<byte> text)
    {
        if (text.EndsWith("infinity"u8))
            return text[0] == '-' ? int.MinValue : int.MaxValue;
        var isBeforeChrist = text.EndsWith(" BC"u8);
        return Days(text[..(isBeforeChrist ? text.Length - 3 : text.Length)], isBeforeChrist);
    }

    public static long Micros(ReadOnlySpan<byte> text)
    {
        if (text.EndsWith("infinity"u8))
            return text[0] == '-' ? long.MinValue : long.MaxValue;
        var (t, isBeforeChrist) = (text.IndexOf((byte)'T'), text.EndsWith(" BCZ"u8));
        var time = text[(t + 1)..(text.Length - (isBeforeChrist ? 4 : 1))];
        var fraction = 0L;
        for (var digit = 0; digit < 6 && time.Length > 8; digit++)
            fraction = fraction * 10 + (9 + digit < time.Length ? time[9 + digit] - '0' : 0);
        return Days(text[..t], isBeforeChrist) * DayMicros + (Number(time[..2]) * 3600 + Number(time[3..5]) * 60 + Number(time[6..8])) * 1_000_000 + fraction;
    }

    // After Howard Hinnant's days_from_civil.
    static long Days(ReadOnlySpan<byte> text, bool isBeforeChrist)
    {
        var (year, month, day) = (Number(text[..^6]), Number(text[^5..^3]), Number(text[^2..]));
        if (isBeforeChrist)
            year = 1 - year;
        year -= month <= 2 ? 1 : 0;
        var era = (year >= 0 ? year : year - 399) / 400;
        var yearOfEra = year - era * 400;
        var dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - ToMarchOfYearZero;
    }

    static long Number(ReadOnlySpan<byte> digits)
    {
        var number = 0L;
        foreach (var digit in digits)
            number = number * 10 + digit - '0';
        return number;
    }
}
