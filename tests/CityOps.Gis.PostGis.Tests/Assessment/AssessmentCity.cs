using CityOps.Gis.Access;
using CityOps.Gis.Assessment;
using CityOps.Gis.PostGis.Assessment;
using CityOps.Gis.Testing;
using Xunit;

namespace CityOps.Gis.Tests.PostGis.Assessment;

/// <summary>
/// The <see cref="SmallCity"/> with the cases of the worksheet in <see cref="WorksheetTests"/>. Those of June have come with a delivery and have no moves; P, Q and R of July went through
/// the hands of people. Times are of the clock in the city.
/// </summary>
public sealed class AssessmentCity : IAsyncLifetime
{
    public const string Grid = "350203001001003", Beside = "350203001001004", Eastern = "350206001001003";

    readonly PostGisDatabase _database = PostGisDatabase.Filled(SmallCity.Sql + """
        set timezone = 'Asia/Shanghai';
        insert into gis.cases (case_number, class_table, class_code, case_source, status, department, occurred_at, filed_at, dispatched_at, handled_at, closed_at, deadline, geom)
        select number, 'gbt47678.5-2026', class, source, status, '11', filed::timestamptz, filed::timestamptz, dispatched::timestamptz, handled::timestamptz, closed::timestamptz, deadline::timestamptz, ST_SetSRID(ST_MakePoint(x, 24.402), 4490)
        from (values
            ('A', '06010', 'collector', 'close',  118.002, '2026-06-02', '2026-06-02', '2026-06-03', '2026-06-04', '2026-06-04'),
            ('B', '09005', 'hotline',   'close',  118.002, '2026-06-05', '2026-06-05', '2026-06-08', '2026-06-09', '2026-06-07'),
            ('C', '06010', 'collector', 'handle', 118.002, '2026-06-10', '2026-06-10', null,         null,         '2026-06-12'),
            ('D', '06010', 'collector', 'close',  118.002, '2026-06-20', '2026-06-20', '2026-07-03', '2026-07-04', '2026-07-02'),
            ('E', '06010', 'collector', 'close',  118.007, '2026-05-20', '2026-05-20', '2026-06-02', '2026-06-03', '2026-05-25'),
            ('F', '06010', 'collector', 'void',   118.007, '2026-06-11', null,         null,         null,         null),
            ('G', '01002', 'collector', 'close',  118.012, '2026-06-01', null,         null,         '2026-06-01', null)
        ) sheet(number, class, source, status, x, filed, dispatched, handled, closed, deadline);
        insert into gis.cases (case_number, class_table, class_code, case_source, status, occurred_at, geom)
        select number, 'gbt47678.5-2026', '06012', source, 'collect', '2026-07-01', ST_SetSRID(ST_MakePoint(118.002, 24.402), 4490) from (values ('P', 'collector'), ('Q', 'hotline'), ('R', 'collector')) sheet(number, source);
        -- One by one: the feature mirrors a move when the statement that wrote it ends.
        do $$ declare one record; begin for one in
        select c.fid, made.number, made.at::timestamptz as at, made.move, made.from_stage, made.to_stage, made.who, made.deadline::timestamptz as deadline, made.until::timestamptz as until
        from (values
            ('P', 1, '2026-07-01 08:00', 'report', '', 'collect', 'ann', null, '2026-07-01 08:30'),
            ('P', 2, '2026-07-01 08:10', 'ask-confirm', 'collect', 'collect', 'op', null, '2026-07-01 08:30'),
            ('P', 3, '2026-07-01 08:40', 'confirm', 'collect', 'collect', 'ann', null, '2026-07-01 08:30'),
            ('P', 4, '2026-07-01 08:50', 'file', 'collect', 'file', 'lead', null, '2026-07-01 09:20'),
            ('P', 5, '2026-07-01 09:00', 'dispatch', 'file', 'dispatch', 'disp', '2026-07-03 09:00', '2026-07-01 11:00'),
            ('P', 6, '2026-07-01 10:00', 'accept', 'dispatch', 'handle', 'dept', '2026-07-03 09:00', '2026-07-03 09:00'),
            ('P', 7, '2026-07-02 09:00', 'feed-back', 'handle', 'feedback', 'dept', '2026-07-03 09:00', '2026-07-02 13:00'),
            ('P', 8, '2026-07-02 10:00', 'ask-inspect', 'feedback', 'feedback', 'op', '2026-07-03 09:00', '2026-07-02 13:00'),
            ('P', 9, '2026-07-02 11:00', 'inspect', 'feedback', 'feedback', 'ann', '2026-07-03 09:00', '2026-07-02 13:00'),
            ('P', 10, '2026-07-02 12:00', 'rework', 'feedback', 'handle', 'lead', '2026-07-03 09:00', '2026-07-03 09:00'),
            ('P', 11, '2026-07-04 09:00', 'feed-back', 'handle', 'feedback', 'dept', '2026-07-03 09:00', '2026-07-04 13:00'),
            ('P', 12, '2026-07-04 14:00', 'close', 'feedback', 'close', 'lead', '2026-07-03 09:00', null),
            ('Q', 1, '2026-07-05 08:00', 'report', '', 'collect', 'op', null, '2026-07-05 08:30'),
            ('Q', 2, '2026-07-05 08:20', 'file', 'collect', 'file', 'lead', null, '2026-07-05 08:50'),
            ('Q', 3, '2026-07-06 08:00', 'void', 'file', 'void', 'lead', null, null),
            ('R', 1, '2026-07-07 08:00', 'report', '', 'collect', 'ann', null, '2026-07-07 08:30'),
            ('R', 2, '2026-07-07 08:10', 'void', 'collect', 'void', 'lead', null, null)
        ) made(case_number, number, at, move, from_stage, to_stage, who, deadline, until) join gis.cases c using (case_number) order by made.case_number, made.number
        loop
            insert into cases.move (fid, number, at, move, from_stage, to_stage, who_id, who, note, department, deadline, stage_deadline)
            values (one.fid, one.number, one.at, one.move, one.from_stage, one.to_stage, one.who, one.who, '说明', '11', one.deadline, one.until);
        end loop; end $$;
        insert into gis.assessments (assessment_number, indicator, aspect, score, points, period, withdrawn, geom) values
            ('1', '实地检查', 'clean', 0, -5, '2026-06', null, ST_SetSRID(ST_MakePoint(118.002, 24.402), 4490)),
            ('2', '实地检查', 'clean', 0, 2, '2026-06', false, ST_SetSRID(ST_MakePoint(118.002, 24.402), 4490)),
            ('3', '实地检查', 'clean', 0, -40, '2026-06', true, ST_SetSRID(ST_MakePoint(118.002, 24.402), 4490));
        """);

    public static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    public PostGisDatabase Database => _database;
    public Assessments Assessments => new(_database.Source, Zone);
    public ClosedPeriods Periods => new(_database.Source, Assessments, Zone);

    public ValueTask InitializeAsync() => _database.InitializeAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    public static AssessmentPeriod Period(string text) => AssessmentPeriod.TryParse(text)!.Value;

    /// <summary>The ratings as a worksheet has them: figures as counted/of=score, the total, its grade.</summary>
    public async Task<Dictionary<string, string>> Sheet(AssessedKind kind, string period, Aspect? aspect = null, Caller? caller = null)
    {
        using var _ = caller?.Enter();
        var (_, ratings, _) = await Assessments.Of(new(kind, Period(period), aspect));
        return ratings.ToDictionary(one => one.Code, one => string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"{string.Join(' ', one.Figures.Select(figure => $"{figure.Counted}/{figure.Of}={Text(figure.Score)}"))} {one.Points:+0;-0;0} {Text(one.Total)} {one.Grade}"));
    }

    static string Text(decimal? score) => score?.ToString("0.##", System.Globalization.CultureInfo.InvariantCulture) ?? "-";
}
