using System.Globalization;
using CityOps.Gis.Layers;

namespace CityOps.Gis.SurveyImport.Sampling;

/// <summary>
/// Writes <c>cases.csv</c> in order of time: three years to the reference day with the rhythm of year, week and day, Spring Festivals, hot spots, and
/// durations that follow the class's time limit. What would end after the reference day is still open.
/// </summary>
sealed class CaseTable(SampleWorld world, CodeList events, SpotPicker spots, int number, CancellationToken cancel)
{
    const string Header = "案件编号,标题,事项代码,ClassTable,阶段,上报时间,立案时间,派遣时间,处置时间,结案时间,处置时限,问题来源,处置部门代码,事发位置,经度,纬度";
    const string Table = "gbt47678.5-2026";

    static readonly DateOnly First = new(2023, 11, 1);
    static readonly double[] HourWeights = [2, 1, 1, 1, 1, 3, 12, 34, 62, 74, 70, 52, 30, 40, 62, 66, 60, 48, 30, 24, 20, 15, 8, 4];
    static readonly (DateOnly From, DateOnly To)[] Holidays =
    [
        (new(2024, 2, 9), new(2024, 2, 17)), (new(2025, 1, 28), new(2025, 2, 4)), (new(2026, 2, 15), new(2026, 2, 23)),
        (new(2024, 10, 1), new(2024, 10, 7)), (new(2025, 10, 1), new(2025, 10, 8)), (new(2026, 10, 1), new(2026, 10, 7)),
    ];

    readonly SampleRandom _random = new((ulong)world.Seed + 202);
    readonly double[] _hours = Cumulative(HourWeights);
    readonly double[] _day = Cumulative(CaseKind.All.Select(kind => kind.Weight));
    readonly double[] _night = Cumulative(CaseKind.All.Select(kind => kind.Weight * kind.NightFactor));
    readonly string[] _titles = [.. CaseKind.All.Select(kind => events.Find(Table, "matter", kind.Code)?.Name.Zh ?? kind.Code)];

    public long Write(string path)
    {
        using var file = new CsvFile(path, Header);
        var days = Calendar.Reference.DayNumber - First.DayNumber;
        var weights = Cumulative(Enumerable.Range(0, days).Select(day => WeightOf(First.AddDays(day))));
        var done = 0L;
        for (var day = 0; day < days; day++)
        {
            cancel.ThrowIfCancellationRequested();
            var until = (long)Math.Round(number * weights[day] / weights[^1]);
            WriteDay(file, First.AddDays(day), (int)(until - done));
            done = until;
        }
        return file.Rows;
    }

    double WeightOf(DateOnly day)
    {
        var week = day.DayOfWeek switch { DayOfWeek.Saturday => 0.72, DayOfWeek.Sunday => 0.6, DayOfWeek.Monday => 1.12, _ => 1 };
        var year = 1 + 0.12 * Math.Sin((day.DayOfYear - 110) * 2 * Math.PI / 365);
        var trend = 1 + 0.1 * (day.DayNumber - First.DayNumber) / 365.0;
        var holiday = Holidays.Any(one => day >= one.From && day <= one.To) ? 0.45 : 1;
        return week * year * trend * holiday * (0.9 + 0.2 * world.Dice.Unit(day.DayNumber, 81));
    }

    void WriteDay(CsvFile file, DateOnly day, int count)
    {
        var seconds = new int[count];
        for (var k = 0; k < count; k++)
            seconds[k] = _random.Pick(_hours) * 3600 + _random.Below(3600);
        Array.Sort(seconds);
        for (var k = 0; k < count; k++)
            file.Row(Line(day, k, day.ToDateTime(TimeOnly.MinValue).AddSeconds(seconds[k])));
    }

    string Line(DateOnly day, int serial, DateTime reported)
    {
        var isNight = reported.Hour is >= 19 or < 5;
        var which = _random.Pick(isNight ? _night : _day);
        var kind = CaseKind.All[which];
        var spot = _random.Unit() < 0.55 ? spots.AtHotSpot(_random) : spots.Anywhere(_random);
        var community = world.Spine.Communities[world.Spine.GridCommunity[spot.Grid]];
        var street = world.Network.Streets[spot.Street].Name;
        var department = world.Departments.All[world.Departments.Responsible(kind.Role, world.Spine.DistrictOfGrid(spot.Grid))].Code;
        var number = string.Create(CultureInfo.InvariantCulture, $"E{kind.Code}{day:yyyyMMdd}{serial + 1:D5}");
        var address = $"{Divisions.Subdistricts[community.Subdistrict].Name}{community.Name}{street}{1 + _random.Below(400)}号附近";
        return $"{number},{street}{_titles[which]},{kind.Code},{Table},{Course(reported, kind.LimitHours)},{Source(isNight)},{department},{address},{spot.Degrees}";
    }

    string Source(bool isNight)
        => _random.Unit() switch
        {
            var x when x < (isNight ? 0.25 : 0.64) => "collector",
            var x when x < (isNight ? 0.7 : 0.84) => "hotline",
            var x when x < 0.95 => "camera",
            _ => "device",
        };

    /// <summary>Stage and times: filed within the hour, handled in about 60 % of the limit (one in six late), verified within a day.</summary>
    string Course(DateTime reported, double limitHours)
    {
        var filed = reported.AddMinutes(4 + 50 * _random.Unit() * _random.Unit());
        var chance = _random.Unit();
        if (chance < 0.025)
            return Cells("void", reported, null, null, null, null, null);
        var dispatched = filed.AddMinutes(3 + 25 * _random.Unit());
        var deadline = dispatched.AddHours(limitHours);
        var handled = dispatched.AddHours(limitHours * 0.55 * Math.Exp(0.6 * _random.Normal()));
        var closed = handled.AddHours(0.5 + 20 * _random.Unit() * _random.Unit());
        if (chance > 0.996)
            return Cells("hang-up", reported, filed, dispatched, null, null, deadline);
        if (closed < Calendar.Now)
            return Cells(closed < Calendar.Now.AddDays(-30) ? "evaluate" : "close", reported, filed, dispatched, handled, closed, deadline);
        return handled < Calendar.Now ? Cells("feedback", reported, filed, dispatched, handled, null, deadline)
            : dispatched < Calendar.Now ? Cells(_random.Unit() < 0.2 ? "dispatch" : "handle", reported, filed, dispatched, null, null, deadline)
            : filed < Calendar.Now ? Cells("file", reported, filed, null, null, null, null)
            : Cells("collect", reported, null, null, null, null, null);
    }

    static string Cells(string stage, DateTime reported, DateTime? filed, DateTime? dispatched, DateTime? handled, DateTime? closed, DateTime? deadline)
        => $"{stage},{Calendar.Text(reported)},{Calendar.Text(filed)},{Calendar.Text(dispatched)},{Calendar.Text(handled)},{Calendar.Text(closed)},{Calendar.Text(deadline)}";

    static double[] Cumulative(IEnumerable<double> weights)
    {
        var sum = 0.0;
        return [.. weights.Select(weight => sum += weight)];
    }
}
