using CityOps.Gis.Cases;
using CityOps.Gis.Layers;
using CityOps.Gis.Queries;
using Npgsql;

namespace CityOps.Gis.PostGis.Cases;

/// <summary>
/// The open cases within the scope of the caller of the flow, as who dispatches them looks at them: counts, pages by when they are due, and places. Open cases are few among all
/// that ever were; the partial index <c>cases_due</c> holds these alone.
/// </summary>
public sealed class CaseBoard(CallerDatabase source, LayerCatalog catalog)
{
    /// <summary>Cases on a page.</summary>
    public const int PageSize = 50;

    /// <summary>Places that a map draws at most: the most urgent ones.</summary>
    public const int MostPlaces = 2000;

    const string Order = $"order by {CaseDue.At} nulls last, fid";

    /// <summary>Counted in one reading.</summary>
    /// <param name="now">The moment by which cases are overdue or not.</param>
    public async Task<BoardCounts> Counts(BoardQuestion question, DateTimeOffset now, CancellationToken cancel = default)
    {
        var cells = new List<BoardCell>();
        if (Compile(new(Area: question.Area, Text: question.Text), now) is not { } filter)
            return new(question, cells);
        await using var command = filter.Command(source, $"""
            select status, {CaseDue.Urgency(filter.Value(now.UtcDateTime))}, coalesce(class_code, ''), coalesce(department_code, '{BoardQuestion.Nobody}'), count(*)
            from gis.cases where {filter.Where} group by 1, 2, 3, 4
            """);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
            cells.Add(new(CaseCodes.Find<CaseStage>(reader.GetString(0))!.Value, CaseCodes.Find<CaseUrgency>(reader.GetString(1))!.Value, reader.GetString(2), reader.GetString(3), reader.GetInt64(4)));
        return new(question, cells);
    }

    /// <summary>The first due first; those without a deadline last.</summary>
    /// <param name="page">From 0 on.</param>
    public async Task<IReadOnlyList<BoardCase>> Page(BoardQuestion question, int page, DateTimeOffset now, CancellationToken cancel = default)
    {
        if (Compile(question, now) is not { } filter)
            return [];
        await using var command = filter.Command(source, $"""
            select one.*, (select name from gis.departments d where d.code = one.department_code order by begin_date desc nulls last limit 1),
                coalesce((select max(number) from cases.move m where m.fid = one.fid), 0), (select count(*)::int from cases.part p where p.fid = one.fid and p.state in ('asked', 'accepted')),
                case when one.status = 'file' then coalesce(one.department_code, cases.likely_department(one.class_code, one.district_code, one.component_code)) end
            from (select fid, case_number, title, status, request, address, occurred_at, {CaseDue.At} as due, stage_warning, ST_X(geom), ST_Y(geom), class_code, department_code, district_code, component_code
                from gis.cases where {filter.Where} {Order} limit {PageSize} offset {(long)Math.Max(page, 0) * PageSize}) one
            order by one.due nulls last, one.fid
            """);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var cases = new List<BoardCase>();
        while (await reader.ReadAsync(cancel))
            cases.Add(Read(reader));
        return cases;
    }

    /// <summary>Where they are, the first due first, at most <see cref="MostPlaces"/>.</summary>
    public async Task<IReadOnlyList<BoardPlace>> Places(BoardQuestion question, DateTimeOffset now, CancellationToken cancel = default)
    {
        var places = new List<BoardPlace>();
        if (Compile(question, now) is not { } filter)
            return places;
        await using var command = filter.Command(source, $"select fid, title, {CaseDue.Urgency(filter.Value(now.UtcDateTime))}, ST_X(geom), ST_Y(geom) from gis.cases where {filter.Where} and geom is not null {Order} limit {MostPlaces}");
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
            places.Add(new(reader.GetInt64(0), Text(reader, 1), CaseCodes.Find<CaseUrgency>(reader.GetString(2))!.Value, reader.GetDouble(3), reader.GetDouble(4)));
        return places;
    }

    SqlFilter? Compile(BoardQuestion question, DateTimeOffset now)
    {
        if (catalog.Find(CaseTables.LayerId) is not { } layer)
            return null;
        var filter = QueryCompiler.Compile(layer, SpineTree.Within(new FeatureQuery(layer.Id)
        {
            Classes = question.Class is { } kind ? [kind] : [], Statuses = question.Stage is { } stage ? [CaseCodes.Of(stage)] : [], Text = string.IsNullOrWhiteSpace(question.Text) ? null : question.Text,
        }, question.Area));
        filter.And(CaseDue.Open);
        if (question.Department is { } department)
            filter.And(department == BoardQuestion.Nobody ? "department_code is null" : $"department_code = {filter.Value(department)}");
        if (question.Urgency is { } urgency)
            filter.And(CaseDue.Is(urgency, filter.Value(now.UtcDateTime)));
        return filter;
    }

    static BoardCase Read(NpgsqlDataReader row)
        => new(new(
            row.GetInt64(0), row.GetString(1), Text(row, 2), CaseCodes.Find<CaseStage>(row.GetString(3))!.Value, CaseCodes.Find<CaseRequest>(Text(row, 4)), Text(row, 5), Text(row, 15), Time(row, 6), Time(row, 7), Time(row, 8),
            row.IsDBNull(9) ? double.NaN : row.GetDouble(9), row.IsDBNull(10) ? double.NaN : row.GetDouble(10)), Text(row, 11), Text(row, 12), row.GetInt32(16), row.GetInt32(17), Text(row, 18));

    static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    static DateTimeOffset? Time(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
}
