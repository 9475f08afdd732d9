using System.Globalization;
using System.Text;
using CityOps.Gis.Cases;
using CityOps.Gis.PostGis.Cases;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Cases;

/// <summary>When the city works: a year by months with its holidays and worked weekends, the hours of a week, and a list of days to import. The year stands in the address.</summary>
public sealed partial class CalendarPage(IStringLocalizer<CaseText> texts, IStringLocalizer<AccessText> accessTexts, CaseRules rules, GisWebOptions options, TimeProvider clock) : IDisposable
{
    const int MostFaults = 20, MostBytes = 256 * 1024;
    static readonly DayOfWeek[] s_week = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday, DayOfWeek.Sunday];
    readonly CancellationTokenSource _closing = new();
    readonly Dictionary<DayOfWeek, string> _hours = [];
    IReadOnlyDictionary<DayOfWeek, WorkingSpan[]> _week = new Dictionary<DayOfWeek, WorkingSpan[]>();
    Dictionary<DateOnly, Holiday>? _read;
    IReadOnlyList<HolidayFault> _faults = [];
    DateOnly _day;
    string _kind = "weekday", _name = "", _list = "";
    string? _fault, _done;
    Form _form;
    long _running;
    int _year;

    // Where what was done is said.
    enum Form { Day, Hours, List }

    [SupplyParameterFromQuery(Name = "year")]
    public int? Year { get; set; }

    IStringLocalizer<CaseText> Text => texts;
    IStringLocalizer<AccessText> AccessText => accessTexts;

    public void Dispose() => _closing.Cancel();

    protected override async Task OnInitializedAsync()
    {
        // What is drawn meanwhile is the year without its holidays.
        (_year, _day) = (Asked, new(Asked, 1, 1));
        (_week, _running) = (await rules.Hours(_closing.Token), await rules.Running(_closing.Token));
        foreach (var (day, spans) in _week)
            _hours[day] = string.Join(' ', spans);
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_read is not null && _year == Asked)
            return;
        _year = Asked;
        await Read();
        Choose(_year == Today.Year ? Today : new(_year, 1, 1));
    }

    DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(options.TimeZone)).DateTime);

    int Asked => Year is > 1900 and < 2200 ? Year.Value : Today.Year;

    static string Kind(Holiday? holiday) => holiday is null ? "weekday" : holiday.IsWorking ? "worked" : "free";

    static string NameOf(DayOfWeek day) => CultureInfo.CurrentCulture.DateTimeFormat.GetDayName(day);

    // Weeks from Monday to Sunday; null where a day is of another month.
    static IEnumerable<DateOnly?[]> WeeksOf(DateOnly first)
        => Enumerable.Repeat((DateOnly?)null, ((int)first.DayOfWeek + 6) % 7).Concat(Enumerable.Range(0, DateTime.DaysInMonth(first.Year, first.Month)).Select(DateOnly? (day) => first.AddDays(day))).Chunk(7);

    string Look(DateOnly day, Holiday? holiday) => holiday is not null ? Kind(holiday) : _week.ContainsKey(day.DayOfWeek) ? "" : "rest";

    string Told(DateOnly day, Holiday? holiday)
        => UiLanguage.Headed(day.ToString("D", CultureInfo.CurrentCulture), holiday is not null ? Text["dayIs." + Kind(holiday), holiday.Name] : _week.TryGetValue(day.DayOfWeek, out var spans) ? string.Join(' ', spans) : Text["IsFree"]);

    Dictionary<DateOnly, Holiday> Days => _read ?? [];

    async Task Read() => _read = (await rules.Holidays(_year, _closing.Token)).ToDictionary(one => one.Day);

    void Choose(string? text)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            Choose(day);
    }

    void Choose(DateOnly day)
    {
        var holiday = Days.GetValueOrDefault(day);
        (_day, _kind, _name) = (day, Kind(holiday), holiday?.Name ?? "");
    }

    async Task SetDay()
    {
        (_form, _fault, _done) = (Form.Day, _day.Year is <= 1900 or >= 2200 ? Text["BadDay"].Value : _kind != "weekday" && _name.Trim().Length == 0 ? Text["DayNeedsName"].Value : null, null);
        if (_fault is not null)
            return;
        if (_kind != "weekday")
            await rules.Set(new Holiday(_day, _kind == "worked", _name.Trim()), _closing.Token);
        else if ((await rules.Holidays(_day.Year, _closing.Token)).FirstOrDefault(one => one.Day == _day) is { } holiday)
            await rules.Drop(holiday, _closing.Token);
        _done = Text["DaySet", _day.ToString("D", CultureInfo.CurrentCulture)];
        _year = _day.Year;
        await Read();
        Choose(_day);
    }

    async Task SetHours()
    {
        (_form, _fault, _done) = (Form.Hours, null, null);
        var week = s_week.ToDictionary(day => day, day => WorkingSpan.ParseDay(_hours.GetValueOrDefault(day)));
        if (s_week.Where(day => week[day] is null).Select(DayOfWeek? (day) => day).FirstOrDefault() is { } wrong)
            _fault = Text["BadHours", NameOf(wrong)];
        else if (week[DayOfWeek.Monday]!.Length == 0)
            _fault = Text["MondayNeedsHours"];
        if (_fault is not null)
            return;
        await rules.Set(week.ToDictionary(day => day.Key, day => day.Value!), _closing.Token);
        (_week, _done) = (await rules.Hours(_closing.Token), Text["HoursSet"]);
        foreach (var day in s_week)
            _hours[day] = string.Join(' ', _week.GetValueOrDefault(day) ?? []);
    }

    async Task Import()
    {
        (_form, _fault, _done) = (Form.List, null, null);
        var list = HolidayList.Parse(_list);
        _faults = list.Faults;
        if (_faults.Count > 0)
            return;
        var changed = await rules.Set(list.Days, _closing.Token);
        _done = Text["ImportedDays", list.Days.Count, changed];
        _list = "";
        _year = list.Days[0].Day.Year;
        await Read();
        Choose(list.Days[0].Day);
    }

    async Task Take(InputFileChangeEventArgs chosen)
    {
        (_form, _fault, _done, _faults) = (Form.List, null, null, []);
        if (chosen.File.Size > MostBytes)
        {
            _fault = Text["FileTooLarge"];
            return;
        }
        await using var file = chosen.File.OpenReadStream(MostBytes, _closing.Token);
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, _closing.Token);
        try
        {
            _list = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes.ToArray());
        }
        catch (DecoderFallbackException)
        {
            _fault = Text["NoText"];
        }
    }
}
