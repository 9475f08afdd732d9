using CityOps.Gis.Access;
using CityOps.Gis.Cases;
using CityOps.Gis.Layers;
using CityOps.Gis.Queries;
using Npgsql;

namespace CityOps.Gis.PostGis.Cases;

/// <summary>Cases that wait for the caller of the flow, within his scope: those whose stage, or open request, is his to answer (<see cref="CaseMoves.Duties"/>).</summary>
public sealed class CaseTasks(CallerDatabase source, LayerCatalog catalog)
{
    /// <summary>Tasks that a list holds at most.</summary>
    public const int Most = 200;

    // A case that was delivered has only the deadline it came with, until it moves here.
    const string Until = "coalesce(stage_deadline, deadline)";
    const string DepartmentName = "(select name from gis.departments d where d.code = department_code order by begin_date desc nulls last limit 1)";

    /// <summary>The most urgent first, and of those without a deadline the oldest; with how many there are in all. Parts that the caller's department is called for are among them.</summary>
    public async Task<(IReadOnlyList<CaseTask> Tasks, long Count)> Of(CancellationToken cancel = default)
    {
        var (layer, duties) = (catalog.Find(CaseTables.LayerId), CaseMoves.Duties(Caller.Current).ToList());
        if (layer is null || duties.Count == 0)
            return ([], 0);
        var query = new FeatureQuery(layer.Id);
        var filter = QueryCompiler.Compile(layer, query);
        filter.And(CaseDue.Open);
        filter.And($"({string.Join(" or ", duties.Select(Condition))})");
        await using var command = filter.Command(source, $"""
            select *, count(*) over () from (
                select fid, case_number, title, status, request, address, {DepartmentName}, occurred_at, {Until} as until, stage_warning, ST_X(geom), ST_Y(geom), null::integer, null, null
                from {QueryCompiler.Source(layer, query, filter)} where {filter.Where}
                {(Caller.Current.May(Permission.HandleCases) ? Parts : "")}
            ) task order by until nulls last, occurred_at, fid limit {Most}
            """);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var (tasks, count) = (new List<CaseTask>(), 0L);
        for (; await reader.ReadAsync(cancel); count = reader.GetInt64(15))
            tasks.Add(Read(reader));
        return (tasks, count);
    }

    // The row-level security of cases shows the called department what it is called to. Who is of no department would have everybody's parts.
    static string Parts => Caller.Current.Scope is not { Departments.Count: > 0 } ? "" : $"""
        union all
        select c.fid, case_number, title, status, request, address, {DepartmentName}, occurred_at, part.deadline, part.warning, ST_X(geom), ST_Y(geom), part.number, part.asked, part.state
        from cases.part join gis.cases c on c.fid = part.fid
        where part.state in ('asked', 'accepted') and part.department = any((select cityops.caller_departments())::text[])
        """;

    // Who handles cases and is of departments has the cases of these.
    static string Condition((CaseStage At, CaseRequest? Waiting, Permission Who) duty)
        => $"status = {SqlName.Literal(CaseCodes.Of(duty.At))} and request {(duty.Waiting is { } waiting ? "= " + SqlName.Literal(CaseCodes.Of(waiting)) : "is null")}"
            + (duty.Who == Permission.HandleCases && Caller.Current.Scope is { Departments.Count: > 0 } ? " and department_code = any(cityops.caller_departments())" : "");

    internal static CaseTask Read(NpgsqlDataReader row)
    {
        string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
        DateTimeOffset? Time(int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
        return new(row.GetInt64(0), row.GetString(1), Text(2), CaseCodes.Find<CaseStage>(row.GetString(3))!.Value, CaseCodes.Find<CaseRequest>(Text(4)), Text(5), Text(6), Time(7), Time(8), Time(9), row.GetDouble(10), row.GetDouble(11))
        {
            Part = row.IsDBNull(12) ? null : new(row.GetInt32(12), row.GetString(13), CaseCodes.Find<PartState>(row.GetString(14))!.Value),
        };
    }
}
