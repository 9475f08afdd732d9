using System.Buffers.Binary;

namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>
/// Fields in PostgreSQL's binary form as the texts that the SQL executor writes into tiles: a date as <c>2024-05-01</c>, a time in UTC as <c>2024-05-06T07:08:09.5Z</c>
/// (both as <c>to_json</c> writes them), a list as its elements with <c>;</c> between. One thread's; a text is good until the next.
/// </summary>
sealed class BinaryText
{
    const long DayMicros = 86_400_000_000;

    // Days from 0000-03-01 to 2000-01-01 in the proleptic Gregorian calendar: years begin in March, so that the leap day is a year's last.
    const long ToMarchOfYearZero = 730_425;
    byte[] _text = new byte[64];
    int _length;

    public ReadOnlySpan<byte> Of(Layers.FieldType type, ReadOnlySpan<byte> value)
    {
        _length = 0;
        switch (type)
        {
            case Layers.FieldType.Date:
                Date(BinaryPrimitives.ReadInt32BigEndian(value));
                break;
            case Layers.FieldType.DateTime:
                Time(BinaryPrimitives.ReadInt64BigEndian(value));
                break;
            case Layers.FieldType.List:
                List(value);
                break;
            default:
                return value;
        }
        return _text.AsSpan(0, _length);
    }

    void Date(int days)
    {
        if (days is int.MaxValue or int.MinValue)
        {
            Add(days < 0 ? "-infinity"u8 : "infinity"u8);
            return;
        }
        if (Day(days))
            Add(" BC"u8);
    }

    void Time(long micros)
    {
        if (micros is long.MaxValue or long.MinValue)
        {
            Add(micros < 0 ? "-infinity"u8 : "infinity"u8);
            return;
        }
        var days = Math.DivRem(micros, DayMicros, out var rest);
        if (rest < 0)
            (days, rest) = (days - 1, rest + DayMicros);
        var beforeChrist = Day(days);
        Add("T"u8);
        Number(rest / 3_600_000_000, 2);
        Add(":"u8);
        Number(rest / 60_000_000 % 60, 2);
        Add(":"u8);
        Number(rest / 1_000_000 % 60, 2);
        Fraction(rest % 1_000_000);
        Add(beforeChrist ? " BCZ"u8 : "Z"u8);
    }

    // After Howard Hinnant's days_from_civil; true = the year is one before Christ.
    bool Day(long days)
    {
        days += ToMarchOfYearZero;
        var era = (days >= 0 ? days : days - 146_096) / 146_097;
        var ofEra = days - era * 146_097;
        var yearOfEra = (ofEra - ofEra / 1_460 + ofEra / 36_524 - ofEra / 146_096) / 365;
        var ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        var month = (5 * ofYear + 2) / 153;
        var year = yearOfEra + era * 400 + (month >= 10 ? 1 : 0);
        Number(year > 0 ? year : 1 - year, 4);
        Add("-"u8);
        Number(month < 10 ? month + 3 : month - 9, 2);
        Add("-"u8);
        Number(ofYear - (153 * month + 2) / 5 + 1, 2);
        return year <= 0;
    }

    void Fraction(long micros)
    {
        if (micros == 0)
            return;
        Add("."u8);
        Number(micros, 6);
        while (_text[_length - 1] == '0')
            _length--;
    }

    // Dimensions, a flag, the elements' type, per dimension its size and lowest index, then the elements, each behind its length.
    void List(ReadOnlySpan<byte> value)
    {
        var dimensions = BinaryPrimitives.ReadInt32BigEndian(value);
        var any = false;
        for (var rest = value[(12 + 8 * dimensions)..]; rest.Length > 0;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(rest);
            rest = rest[4..];
            if (length < 0)
                continue;
            if (any)
                Add(";"u8);
            Add(rest[..length]);
            any = true;
            rest = rest[length..];
        }
    }

    void Number(long number, int digits)
    {
        Span<byte> text = stackalloc byte[20];
        var at = text.Length;
        for (; number > 0 || digits > 0; number /= 10, digits--)
            text[--at] = (byte)('0' + number % 10);
        Add(text[at..]);
    }

    void Add(ReadOnlySpan<byte> text)
    {
        if (_length + text.Length > _text.Length)
            Array.Resize(ref _text, Math.Max(_text.Length * 2, _length + text.Length));
        text.CopyTo(_text.AsSpan(_length));
        _length += text.Length;
    }
}
