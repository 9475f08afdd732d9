using System.Globalization;

namespace CityOps.Gis.PostGis.Cases;

/// <summary>
/// Days as people paste them from a table: a line each with date, kind and name, parted by commas, semicolons or tabs; a heading may stand above. With one fault in it nothing of it
/// is taken.
/// </summary>
public sealed record HolidayList(IReadOnlyList<Holiday> Days, IReadOnlyList<HolidayFault> Faults)
{
    public const int MostLines = 1_000, LongestName = 40;

    static readonly string[] s_dates = ["yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "yyyy年M月d日", "yyyyMMdd"];

    // 调休 is said for the free day as well as for the one that is worked for it, so it is neither.
    static readonly Dictionary<string, bool> s_kinds = new(StringComparer.OrdinalIgnoreCase) { ["free"] = false, ["放假"] = false, ["休"] = false, ["worked"] = true, ["上班"] = true, ["班"] = true };

    public static HolidayList Parse(string? text)
    {
        var lines = (text ?? "").Split('\n').Select((line, at) => (Number: at + 1, Text: line.Trim().TrimStart('\uFEFF'))).Where(line => line.Text.Length > 0).ToList();
        if (lines.Count > 0 && !lines[0].Text.Any(char.IsAsciiDigit))
            lines.RemoveAt(0);
        if (lines.Count is 0 or > MostLines)
            return new([], [new(1, lines.Count == 0 ? "empty" : "many", lines.Count.ToString(CultureInfo.InvariantCulture))]);
        var (days, faults) = (new Dictionary<DateOnly, Holiday>(), new List<HolidayFault>());
        foreach (var (number, line) in lines)
            if (Read(line, out var fault) is not { } holiday)
                faults.Add(new(number, fault.Code, fault.Found));
            else if (!days.TryAdd(holiday.Day, holiday))
                faults.Add(new(number, "twice", $"{holiday.Day:yyyy-MM-dd}"));
        return new(faults.Count == 0 ? [.. days.Values] : [], faults);
    }

    static Holiday? Read(string line, out (string Code, string Found) fault)
    {
        var cells = line.Split([',', '，', ';', '；', '\t'], 3, StringSplitOptions.TrimEntries).Select(cell => cell.Trim('"', ' ')).ToArray();
        fault = cells switch
        {
            { Length: < 3 } => ("cells", line),
            _ when Date(cells[0]) is null => ("day", cells[0]),
            _ when !s_kinds.ContainsKey(cells[1]) => ("kind", cells[1]),
            _ when cells[2].Length is 0 or > LongestName => ("name", cells[2]),
            _ => default,
        };
        return fault.Code is null ? new(Date(cells[0])!.Value, s_kinds[cells[1]], cells[2]) : null;
    }

    static DateOnly? Date(string text)
        => DateOnly.TryParseExact(text, s_dates, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1900 and < 2200 ? day : null;
}
