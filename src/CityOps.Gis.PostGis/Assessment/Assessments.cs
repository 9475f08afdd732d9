using System.Globalization;
using CityOps.Gis.Assessment;
using CityOps.Gis.Cases;
using Npgsql;

namespace CityOps.Gis.PostGis.Assessment;

/// <summary>
/// Rates areas, departments and people by the cases that the caller of the flow sees. A period that was closed has the figures of then (<see cref="ClosedPeriods"/>); another one is
/// counted anew, up to this moment.
/// </summary>
/// <param name="zone">Whose local time periods begin in.</param>
public sealed class Assessments(CallerDatabase source, TimeZoneInfo zone)
{
    /// <summary>Cases that a list holds at most.</summary>
    public const int MostCases = 500;

    // As assessment.aspect_of has it.
    const string Matter = """
        left join lateral (
            select one.aspect from assessment.aspect_class one where one.class_table = c.class_table and starts_with(c.class_code, one.class_prefix) order by length(one.class_prefix) desc limit 1
        ) matter on true
        """;

    // Views that tell what a case is about need no join with it (sql/0045); a city's own need not tell.
    const string TellsMatter = "select relname::text from pg_class join pg_attribute on attrelid = pg_class.oid where relnamespace = 'assessment'::regnamespace and attname = 'case_source'";
    const string Told = "cross join lateral (select v.class_table, v.class_code, v.case_source) c";

    /// <summary>The indicators of what is asked for, and the ratings of everything that has at least one figure in the period.</summary>
    public async Task<(IReadOnlyList<Indicator> Indicators, IReadOnlyList<Rating> Ratings, DateTimeOffset? ClosedAt)> Of(AssessmentQuestion question, CancellationToken cancel = default)
    {
        await using var connection = await source.Open(cancel);
        var indicators = await Indicators.Of(connection, question.Kind, cancel);
        var closedAt = await ClosedPeriods.When(connection, question.Period, cancel);
        return (indicators, closedAt is null ? await Count(connection, question, indicators, cancel) : await ClosedPeriods.Read(connection, question, indicators, cancel), closedAt);
    }

    /// <summary>The last day on which a case that the caller sees was filed or closed, in the city's time; null where none ever was. A month after it has nothing to rate but what ran out of time.</summary>
    public async Task<DateOnly?> LastDay(CancellationToken cancel = default)
    {
        await using var command = source.CreateCommand("""
            select greatest((select filed_at from gis.cases where filed_at <= now() order by filed_at desc limit 1), (select closed_at from gis.cases where closed_at <= now() order by closed_at desc limit 1))
            """);
        return await command.ExecuteScalarAsync(cancel) is DateTime moment ? DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(moment, zone)) : null;
    }

    /// <summary>The cases behind a figure, those that do not count first, and the latest first.</summary>
    /// <param name="code">Of the object; null: of all.</param>
    public async Task<IReadOnlyList<AssessedCase>> Cases(AssessmentQuestion question, string indicator, string? code, CancellationToken cancel = default)
    {
        await using var connection = await PersonConnection.Open(source, cancel);
        if ((await Indicators.Of(connection, question.Kind, cancel)).All(one => one.Id != indicator))
            return [];
        var filter = new SqlFilter();
        Condition(filter, question);
        if (ByClass(question))
            filter.And($"matter.aspect = {filter.Value(CaseCodes.Of(question.Aspect!.Value))}");
        await using var command = filter.Command(connection, $"""
            select v.fid, c.case_number, c.title, c.status, v.at, v.counts, v.object,
                (select one.id from assessment.appeal one where one.case_fid = v.fid and one.indicator = {SqlName.Literal(indicator)} and one.object = v.object and one.state <> 'withdrawn' order by one.id desc limit 1)
            from assessment.{SqlName.Quote(indicator)} v join gis.cases c using (fid) {(ByClass(question) ? Matter : "")}
            where {filter.Where} and {NotGranted(indicator)} {(code is null ? "" : $"and {Object(question.Kind)} = {filter.Value(code)}")} order by v.counts, v.at desc, v.fid limit {MostCases}
            """);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var cases = new List<AssessedCase>();
        while (await reader.ReadAsync(cancel))
            cases.Add(new(reader.GetInt64(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2), CaseCodes.Find<CaseStage>(reader.IsDBNull(3) ? null : reader.GetString(3)),
                reader.GetFieldValue<DateTimeOffset>(4), reader.GetBoolean(5), reader.GetString(6), reader.IsDBNull(7) ? null : reader.GetInt64(7)));
        return cases;
    }

    /// <summary>Counts a period anew, whether it was closed or not.</summary>
    internal async Task<IReadOnlyList<Rating>> Count(NpgsqlConnection connection, AssessmentQuestion question, IReadOnlyList<Indicator> indicators, CancellationToken cancel)
    {
        if (indicators.Count == 0)
            return [];
        var counts = await Counts(connection, question, indicators, cancel);
        var points = question.Kind.IsPerson() ? [] : await Points(connection, question, cancel);
        string[] codes = [.. counts.Keys.Union(points.Keys).Order(StringComparer.Ordinal)];
        var names = await Names(connection, question.Kind, codes, cancel);
        return [.. codes.Select(code => RatingOf(code, names.GetValueOrDefault(code), counts.GetValueOrDefault(code, []), points.GetValueOrDefault(code)))];

        Rating RatingOf(string code, (string? Name, string? AreaType) known, Dictionary<string, (long, long)> of, decimal given)
            => new(code, known.Name, [.. indicators.Select(indicator => FigureOf(indicator, question.Kind, of, known.AreaType))], given);
    }

    internal static Figure FigureOf(Indicator indicator, AssessedKind kind, Dictionary<string, (long Counted, long Of)> counts, string? areaType)
    {
        var (counted, of) = counts.GetValueOrDefault(indicator.Id);
        return new(indicator.Id, counted, of, indicator.Score(kind, counted, of, areaType), indicator.Weight);
    }

    async Task<Dictionary<string, Dictionary<string, (long Counted, long Of)>>> Counts(NpgsqlConnection connection, AssessmentQuestion question, IReadOnlyList<Indicator> indicators, CancellationToken cancel)
    {
        var filter = new SqlFilter();
        var where = Condition(filter, question);
        var tells = question.Aspect is null ? [] : await Sql.Column<string>(connection, TellsMatter, cancel);
        var parts = indicators.Select(indicator => $"""
            select {SqlName.Literal(indicator.Id)} as indicator, {Object(question.Kind)} as object{(ByClass(question) ? ", c.class_table, c.class_code" : "")}, count(*) filter (where v.counts) as counted, count(*) as of
            from assessment.{SqlName.Quote(indicator.Id)} v {(question.Aspect is null ? "" : tells.Contains(indicator.Id) ? Told : "join gis.cases c using (fid)")} where {where} and {NotGranted(indicator.Id)}
            group by 2{(ByClass(question) ? ", 3, 4" : "")}
            """);
        var all = string.Join(" union all ", parts);
        await using var command = filter.Command(connection, ByClass(question) ? OfOneAspect(all, filter.Value(CaseCodes.Of(question.Aspect!.Value))) : all);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var counts = new Dictionary<string, Dictionary<string, (long, long)>>();
        while (await reader.ReadAsync(cancel))
        {
            if (!counts.TryGetValue(reader.GetString(1), out var of))
                counts[reader.GetString(1)] = of = [];
            of[reader.GetString(0)] = (reader.GetInt64(2), reader.GetInt64(3));
        }
        return counts;
    }

    static bool ByClass(AssessmentQuestion question) => question.Aspect is not (null or Aspect.Satisfaction);

    // Looks up what each class is about once, not each case. "is true" keeps it from becoming a join, which would be planned for a handful of rows and walk all of them for each class.
    static string OfOneAspect(string counts, string aspect) => $"""
        with counts as materialized ({counts})
        select indicator, object, sum(counted)::bigint, sum(of)::bigint from counts
        where ((class_table, class_code) in (select c.class_table, c.class_code from (select distinct class_table, class_code from counts) c {Matter} where matter.aspect = {aspect})) is true
        group by 1, 2
        """;

    // What lies ahead is not counted yet: a deadline of this afternoon is not missed this morning.
    internal string Condition(SqlFilter filter, AssessmentQuestion question)
    {
        var (from, to) = question.Period.In(zone);
        var end = $"least({filter.Value(to)}, now())";
        filter.And($"v.at >= {filter.Value(from)} and v.at < {end} and (v.until is null or v.until >= {end}) and {Object(question.Kind)} is not null");
        if (question.Aspect == Aspect.Satisfaction)
            filter.And("c.case_source = 'hotline'");
        return filter.Where;
    }

    // What an accepted appeal took out of an indicator.
    internal static string NotGranted(string indicator)
        => $"not exists (select from assessment.granted g where g.indicator = {SqlName.Literal(indicator)} and g.fid = v.fid and g.object = v.object)";

    // Codes of areas begin with those of the areas above.
    static string Object(AssessedKind kind) => LengthOf(kind) is { } length ? $"left(v.object, {length.ToString(CultureInfo.InvariantCulture)})" : "v.object";

    static int? LengthOf(AssessedKind kind) => kind switch { AssessedKind.Community => 12, AssessedKind.Subdistrict => 9, AssessedKind.District => 6, _ => null };

    static async Task<Dictionary<string, decimal>> Points(NpgsqlConnection connection, AssessmentQuestion question, CancellationToken cancel)
    {
        var filter = new SqlFilter();
        filter.And($"period = {filter.Value(question.Period.ToString())}");
        if (question.Aspect is { } aspect)
            filter.And($"aspect = {filter.Value(CaseCodes.Of(aspect))}");
        var code = question.Kind == AssessedKind.Department ? "department_code" : LengthOf(question.Kind) is { } length ? $"left(grid_code, {length.ToString(CultureInfo.InvariantCulture)})" : "grid_code";
        await using var command = filter.Command(connection, $"select {code}, sum(points)::numeric from assessment.on_site where {filter.Where} and {code} is not null group by 1");
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var points = new Dictionary<string, decimal>();
        while (await reader.ReadAsync(cancel))
            points[reader.GetString(0)] = reader.GetDecimal(1);
        return points;
    }

    static async Task<Dictionary<string, (string? Name, string? AreaType)>> Names(NpgsqlConnection connection, AssessedKind kind, string[] codes, CancellationToken cancel)
    {
        var sql = kind switch
        {
            AssessedKind.Grid => "select distinct on (code) code, name, management_level from gis.unit_grids where code = any($1) order by code, begin_date desc nulls last",
            AssessedKind.Community => "select distinct on (code) code, name, null from gis.communities where code = any($1) order by code, begin_date desc nulls last",
            AssessedKind.Subdistrict => "select distinct on (code) code, name, null from gis.subdistricts where code = any($1) order by code, begin_date desc nulls last",
            AssessedKind.District => "select distinct on (code) code, name, null from gis.districts where code = any($1) order by code, begin_date desc nulls last",
            AssessedKind.Department => "select distinct on (code) code, name, null from gis.departments where code = any($1) order by code, begin_date desc nulls last",
            // The last move of each alone is read: a year of an operator's are a hundred thousand.
            _ => "select code, last.who, null from unnest($1) code cross join lateral (select who from cases.move where who_id = code order by at desc limit 1) last",
        };
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = codes } } };
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var names = new Dictionary<string, (string?, string?)>();
        while (await reader.ReadAsync(cancel))
            names[reader.GetString(0)] = (reader.IsDBNull(1) ? null : reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2));
        return names;
    }
}
