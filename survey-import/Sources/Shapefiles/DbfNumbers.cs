using System.Globalization;
using System.Runtime.CompilerServices;

namespace CityOps.Gis.SurveyImport.Sources.Shapefiles;

/// <summary>Parses the number, date and logical cells of a .dbf; blank, starred and unreadable cells are missing.</summary>
static class DbfNumbers
{
    static readonly double[] PowersOfTen = [.. Enumerable.Range(0, 23).Select(n => double.Parse("1e" + n, CultureInfo.InvariantCulture))];

    public static long Integer(ReadOnlySpan<byte> cell)
    {
        cell = Trim(cell);
        var (i, isNegative) = Sign(cell);
        if (i >= cell.Length || cell.Length - i > 18)
            return Whole(cell);
        long value = 0;
        for (; i < cell.Length; i++)
        {
            var digit = cell[i] - '0';
            if ((uint)digit > 9)
                return Whole(cell);
            value = value * 10 + digit;
        }
        return isNegative ? -value : value;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Real(ReadOnlySpan<byte> cell)
    {
        cell = Trim(cell);
        if (cell.IsEmpty)
            return double.NaN;
        var (i, isNegative) = Sign(cell);
        long mantissa = 0;
        var (digits, decimals, isFraction) = (0, 0, false);
        for (; i < cell.Length; i++)
        {
            var digit = cell[i] - '0';
            if ((uint)digit > 9 && (isFraction || cell[i] is not ((byte)'.' or (byte)',')))
                return Slow(cell);
            if ((uint)digit > 9)
            {
                isFraction = true;
                continue;
            }
            mantissa = mantissa * 10 + digit;
            decimals += isFraction ? 1 : 0;
            if (++digits > 15)
                return Slow(cell);
        }
        // Both are exact doubles, so one division rounds correctly.
        var value = digits == 0 ? double.NaN : mantissa / PowersOfTen[decimals];
        return isNegative ? -value : value;
    }

    public static int Day(ReadOnlySpan<byte> cell)
    {
        cell = Trim(cell);
        if (cell.Length != 8 || Integer(cell) is not (>= 1_01_01 and <= 9999_12_31 and var number))
            return DateColumn.Missing;
        var (year, month, day) = ((int)(number / 10_000), (int)(number / 100 % 100), (int)(number % 100));
        return year >= 1 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new DateOnly(year, month, day).DayNumber
            : DateColumn.Missing;
    }

    public static long Logical(byte cell) => (char)cell switch
    {
        'T' or 't' or 'Y' or 'y' or '1' => 1,
        'F' or 'f' or 'N' or 'n' or '0' => 0,
        _ => IntegerColumn.Missing,
    };

    /// <summary>Julian day and milliseconds of the day, as FoxPro and dBase 7 store an instant.</summary>
    public static long Instant(int julianDay, int milliseconds)
        => julianDay is > 1_721_425 and < 5_373_485 ? (julianDay - 1_721_426) * TimeSpan.TicksPerDay + milliseconds * TimeSpan.TicksPerMillisecond : TimestampColumn.Missing;

    static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> cell) => cell.Trim(" \0\t"u8);

    static (int Start, bool IsNegative) Sign(ReadOnlySpan<byte> cell)
        => cell.IsEmpty || cell[0] is not ((byte)'-' or (byte)'+') ? (0, false) : (1, cell[0] == '-');

    // 12.0 and 1.2e3 in a field without decimals are still whole numbers.
    static long Whole(ReadOnlySpan<byte> cell)
        => !cell.IsEmpty && Slow(cell) is var value && value == Math.Truncate(value) && Math.Abs(value) < 1e18 ? (long)value : IntegerColumn.Missing;

    static double Slow(ReadOnlySpan<byte> cell)
    {
        Span<byte> dotted = stackalloc byte[Math.Min(cell.Length, 64)];
        cell[..dotted.Length].CopyTo(dotted);
        dotted.Replace((byte)',', (byte)'.');
        return double.TryParse(dotted, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : double.NaN;
    }
}
