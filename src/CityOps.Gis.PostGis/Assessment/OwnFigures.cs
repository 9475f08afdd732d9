using CityOps.Gis.Access;
using CityOps.Gis.Assessment;
using Npgsql;

namespace CityOps.Gis.PostGis.Assessment;

/// <summary>
/// What counts for the caller of the flow himself (我的考核), and for nobody else. It is counted over all his steps, also of cases that lie outside his scope by now, so that it is the
/// number that is kept and that who evaluates the whole city sees; the cases behind it are told as far as he sees them.
/// </summary>
/// <param name="zone">Whose local time periods begin in.</param>
public sealed class OwnFigures(CallerDatabase source, Assessments assessments, TimeZoneInfo zone)
{
    /// <summary>A place among fewer would tell how the others did.</summary>
    public const int LeastRated = 5;

    static readonly AssessedKind[] s_kinds = [.. Enum.GetValues<AssessedKind>().Where(AssessedKinds.IsPerson)];

    /// <summary>His ratings, in the kinds of work in which anything of the period counts for him.</summary>
    public async Task<OwnMonth> Of(AssessmentPeriod period, CancellationToken cancel = default)
    {
        if (Caller.Current.Id is not { } me)
            return new(null, []);
        await using var connection = await PersonConnection.Open(source, cancel);
        var closedAt = await ClosedPeriods.When(connection, period, cancel);
        var ratings = new List<OwnRating>();
        foreach (var question in s_kinds.Select(kind => new AssessmentQuestion(kind, period)))
        {
            var indicators = await Indicators.Of(connection, question.Kind, cancel);
            var rating = closedAt is null ? await Count(me, question, indicators, cancel) : (await ClosedPeriods.Read(connection, question, indicators, cancel)).FirstOrDefault(one => one.Code == me);
            if (rating is not null)
                ratings.Add(new(question.Kind, indicators, rating));
        }
        return new(closedAt, ratings);
    }

    /// <summary>His place among all who are rated in a kind of work; null where he is not, or where so few are that it would tell how they did.</summary>
    public async Task<OwnPlace?> Place(AssessedKind kind, AssessmentPeriod period, CancellationToken cancel = default)
    {
        if (Caller.Current.Id is not { } me || !kind.IsPerson())
            return null;
        using var _ = WholeCity();
        var (_, all, _) = await assessments.Of(new(kind, period), cancel);
        return all.FirstOrDefault(one => one.Code == me)?.Total is { } mine && all.Count(one => one.Total is not null) is var rated and >= LeastRated
            ? new(1 + all.Count(one => one.Total > mine), rated) : null;
    }

    /// <summary>The cases behind one of his figures, those that do not count first.</summary>
    public async Task<OwnCases> Cases(AssessmentPeriod period, string indicator, CancellationToken cancel = default)
    {
        if (Caller.Current.Id is not { } me || await KindOf(indicator, cancel) is not { } kind)
            return new([], 0);
        var question = new AssessmentQuestion(kind, period);
        var cases = await assessments.Cases(question, indicator, me, cancel);
        var seen = await Tally(me, question, indicator, cancel);
        using var _ = WholeCity();
        return new(cases, await Tally(me, question, indicator, cancel) - seen);
    }

    /// <summary>The last day on which anything counted for him, in the city's time; null where nothing ever did.</summary>
    public async Task<DateOnly?> LastDay(CancellationToken cancel = default)
    {
        if (Caller.Current.Id is not { } me)
            return null;
        using var _ = WholeCity();
        await using var connection = await source.Open(cancel);
        var filter = new SqlFilter();
        var who = filter.Value(me);
        var kinds = await Kinds(connection, me, cancel);
        var parts = (await All(connection, cancel)).Where(one => kinds.Contains(one.Object)).Select(one => $"(select v.at from assessment.{SqlName.Quote(one.Id)} v where v.object = {who} and v.at <= now() and {Assessments.NotGranted(one.Id)} order by v.at desc limit 1)");
        await using var command = filter.Command(connection, $"select max(at) from ({string.Join(" union all ", parts)}) one");
        return await command.ExecuteScalarAsync(cancel) is DateTime moment ? DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(moment, zone)) : null;
    }

    /// <summary>The kind of work that an indicator rates; null for one of areas and departments, and where there is none.</summary>
    public async Task<AssessedKind?> KindOf(string indicator, CancellationToken cancel = default)
    {
        await using var connection = await source.Open(cancel);
        return (await All(connection, cancel)).FirstOrDefault(one => one.Id == indicator)?.Object;
    }

    // Null where nothing of the period counts for him.
    async Task<Rating?> Count(string me, AssessmentQuestion question, IReadOnlyList<Indicator> indicators, CancellationToken cancel)
    {
        var filter = new SqlFilter();
        filter.And($"v.object = {filter.Value(me)}");
        var where = assessments.Condition(filter, question);
        var parts = indicators.Select(one => $"select {SqlName.Literal(one.Id)}, count(*) filter (where v.counts), count(*) from assessment.{SqlName.Quote(one.Id)} v where {where} and {Assessments.NotGranted(one.Id)}");
        using var _ = WholeCity();
        await using var connection = await source.Open(cancel);
        if (!(await Kinds(connection, me, cancel)).Contains(question.Kind))
            return null;
        await using var command = filter.Command(connection, string.Join(" union all ", parts));
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var counts = new Dictionary<string, (long Counted, long Of)>();
        while (await reader.ReadAsync(cancel))
            counts[reader.GetString(0)] = (reader.GetInt64(1), reader.GetInt64(2));
        return counts.Values.All(one => one.Of == 0) ? null : new(me, Caller.Current.Name, [.. indicators.Select(one => Assessments.FigureOf(one, question.Kind, counts, areaType: null))], 0);
    }

    // How many rows an indicator has for him, as far as the caller of the flow sees the cases.
    async Task<long> Tally(string me, AssessmentQuestion question, string indicator, CancellationToken cancel)
    {
        var filter = new SqlFilter();
        filter.And($"v.object = {filter.Value(me)}");
        await using var command = filter.Command(source, $"select count(*) from assessment.{SqlName.Quote(indicator)} v join gis.cases c using (fid) where {assessments.Condition(filter, question)} and {Assessments.NotGranted(indicator)}");
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }

    // To which dispatch a case went back is worked out for the whole city, whoever asks: it is not for somebody who never sent one.
    static async Task<IEnumerable<AssessedKind>> Kinds(NpgsqlConnection connection, string me, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select exists (select from cases.move where who_id = $1 and move = 'dispatch')", connection) { Parameters = { new() { Value = me } } };
        return await command.ExecuteScalarAsync(cancel) is true ? s_kinds : s_kinds.Where(kind => kind != AssessedKind.Dispatcher);
    }

    static async Task<IReadOnlyList<Indicator>> All(NpgsqlConnection connection, CancellationToken cancel)
    {
        var all = new List<Indicator>();
        foreach (var kind in s_kinds)
            all.AddRange(await Indicators.Of(connection, kind, cancel));
        return all;
    }

    // The same caller with the whole city before his eyes: nothing of what it sees leaves this class but what is his own, and how many there are.
    static IDisposable WholeCity() => (Caller.Current with { Scope = null }).Enter();
}
