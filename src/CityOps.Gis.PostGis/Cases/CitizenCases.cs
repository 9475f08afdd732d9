using CityOps.Gis.Cases;
using CityOps.Gis.Layers;
using CityOps.Gis.Queries;

namespace CityOps.Gis.PostGis.Cases;

/// <summary>The cases that citizens reported, within the scope of the caller of the flow.</summary>
public sealed class CitizenCases(CallerDatabase source, LayerCatalog catalog)
{
    /// <summary>Code of the source in the list <c>case-sources</c>.</summary>
    public const string Source = "hotline";

    /// <summary>Cases that an answer holds at most.</summary>
    public const int Most = 1000;

    /// <summary>Those with one of the numbers, if any are given, reported in a span of time, the latest first.</summary>
    /// <param name="isOpen">Null: whether they are closed or not.</param>
    public async Task<IReadOnlyList<CitizenCase>> Find(
        IReadOnlyList<string>? numbers, IReadOnlyList<string>? classCodes, DateTimeOffset? from, DateTimeOffset? to, bool? isOpen, CancellationToken cancel = default)
    {
        if (catalog.Find(CaseTables.LayerId) is not { } layer)
            return [];
        var query = new FeatureQuery(layer.Id);
        var filter = QueryCompiler.Compile(layer, query);
        filter.And($"case_source = '{Source}'");
        if (numbers is not null)
            filter.And($"case_number = any({filter.Value(numbers.ToArray())})");
        if (classCodes is not null)
            filter.And($"class_code = any({filter.Value(classCodes.ToArray())})");
        if (from is { } begin)
            filter.And($"occurred_at >= {filter.Value(begin.ToUniversalTime())}");
        if (to is { } end)
            filter.And($"occurred_at <= {filter.Value(end.ToUniversalTime())}");
        if (isOpen is { } open)
            filter.And($"status {(open ? "not in" : "in")} ('close', 'evaluate', 'void')");
        await using var command = filter.Command(source, $"""
            select case_number, status, class_code, title, (select name from gis.departments d where d.code = department_code order by begin_date desc nulls last limit 1),
                address, occurred_at, valid_from, deadline, ST_X(geom), ST_Y(geom)
            from {QueryCompiler.Source(layer, query, filter)} where {filter.Where} order by occurred_at desc, fid desc limit {Most}
            """);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
        DateTimeOffset? Time(int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);
        var cases = new List<CitizenCase>();
        while (await reader.ReadAsync(cancel))
            if (CaseCodes.Find<CaseStage>(Text(1)) is { } stage)
                cases.Add(new(reader.GetString(0), stage, Text(2), Text(3), Text(4), Text(5), Time(6), Time(7)!.Value, Time(8), reader.GetDouble(9), reader.GetDouble(10)));
        return cases;
    }
}
