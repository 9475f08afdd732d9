using CityOps.Gis.Access;
using CityOps.Gis.Assessment;
using CityOps.Gis.Cases;
using CityOps.Gis.PostGis.Audit;
using Npgsql;
using NpgsqlTypes;

namespace CityOps.Gis.PostGis.Assessment;

/// <summary>
/// Periods whose figures are kept (历史): of all kinds of objects and all aspects, as they were when somebody who sees the whole city closed the period. What happens later to cases,
/// weights or rules no longer changes them.
/// </summary>
public sealed class ClosedPeriods(CallerDatabase source, Assessments assessments, TimeZoneInfo zone)
{
    // Of the object itself, beside its indicators.
    const string Points = "points";
    const int MostPeriods = 12;

    /// <summary>Those that are closed, the latest first.</summary>
    public async Task<IReadOnlyList<AssessmentPeriod>> All(CancellationToken cancel = default)
    {
        await using var connection = await source.Open(cancel);
        return [.. (await Sql.Column<string>(connection, "select id from assessment.period order by begins desc, ends desc", cancel)).Select(AssessmentPeriod.TryParse).OfType<AssessmentPeriod>()];
    }

    /// <summary>How something did in the periods that were kept, the latest first, as far as the caller sees it.</summary>
    /// <param name="question">Its period counts for nothing but its length: a month is compared with months.</param>
    public async Task<IReadOnlyList<(AssessmentPeriod Period, Rating Rating)>> Of(AssessmentQuestion question, string code, CancellationToken cancel = default)
    {
        var history = new List<(AssessmentPeriod, Rating)>();
        foreach (var period in (await All(cancel)).Where(one => one.Months == question.Period.Months).Take(MostPeriods))
        {
            var (_, ratings, _) = await assessments.Of(question with { Period = period }, cancel);
            if (ratings.FirstOrDefault(one => one.Code == code) is { } rating)
                history.Add((period, rating));
        }
        return history;
    }

    /// <summary>Keeps the figures of a period; false where it has not ended yet, or is closed already.</summary>
    /// <exception cref="UnauthorizedAccessException">The caller does not see the whole city, or may not evaluate.</exception>
    public async Task<bool> Close(AssessmentPeriod period, CancellationToken cancel = default)
    {
        if (!Caller.Current.May(Permission.SuperviseCases) || Caller.Current.Scope is not null)
            throw new UnauthorizedAccessException("Figures are kept by somebody who evaluates the whole city.");
        var (from, to) = period.In(zone);
        await using var connection = await source.Open(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using var begin = new NpgsqlCommand("""
            insert into assessment.period (id, begins, ends, closed_by) select $1, $2, $3, $4 where $3 <= now() on conflict do nothing
            """, connection) { Parameters = { new() { Value = period.ToString() }, new() { Value = from }, new() { Value = to }, new() { Value = Caller.Current.Name } } };
        if (await begin.ExecuteNonQueryAsync(cancel) == 0)
            return false;
        foreach (var kind in Enum.GetValues<AssessedKind>())
            foreach (var aspect in Aspects(kind))
                await Keep(connection, new(kind, period, aspect), cancel);
        await AuditLog.Write(connection, new(AuditKind.PeriodClosed, period.ToString()), cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }

    /// <summary>When the figures of a period were kept; null where they are still counted.</summary>
    internal static Task<DateTimeOffset?> When(NpgsqlConnection connection, AssessmentPeriod period, CancellationToken cancel)
        => Moment(connection, $"select closed_at from assessment.period where id = {SqlName.Literal(period.ToString())}", cancel);

    internal static async Task<IReadOnlyList<Rating>> Read(NpgsqlConnection connection, AssessmentQuestion question, IReadOnlyList<Indicator> indicators, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("""
            select object, name, indicator, counted, of, score, weight from assessment.figure where period = $1 and kind = $2 and aspect = $3 order by object
            """, connection);
        foreach (var text in new[] { question.Period.ToString(), CaseCodes.Of(question.Kind), AspectCode(question.Aspect) })
            command.Parameters.Add(new() { Value = text });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var rows = new List<(string Object, string? Name, Figure Figure)>();
        while (await reader.ReadAsync(cancel))
            rows.Add((reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetString(1), new(reader.GetString(2), reader.GetInt64(3), reader.GetInt64(4), reader.IsDBNull(5) ? null : reader.GetDecimal(5), reader.GetDecimal(6))));
        var order = indicators.Select(one => one.Id).ToList();
        return [.. rows.GroupBy(row => (row.Object, row.Name)).Select(one => new Rating(
            one.Key.Object, one.Key.Name, [.. one.Select(row => row.Figure).Where(figure => figure.Indicator != Points).OrderBy(figure => order.IndexOf(figure.Indicator))],
            one.Select(row => row.Figure).FirstOrDefault(figure => figure.Indicator == Points).Score ?? 0))];
    }

    static IEnumerable<Aspect?> Aspects(AssessedKind kind) => kind.IsArea() ? Enum.GetValues<Aspect>().Select(Aspect? (one) => one).Prepend(null) : [null];

    async Task Keep(NpgsqlConnection connection, AssessmentQuestion question, CancellationToken cancel)
    {
        var indicators = await Indicators.Of(connection, question.Kind, cancel);
        foreach (var rating in await assessments.Count(connection, question, indicators, cancel))
            foreach (var figure in rating.Points == 0 ? rating.Figures : [.. rating.Figures, new(Points, 0, 0, rating.Points, 0)])
                await Keep(connection, question, rating, figure, cancel);
    }

    static async Task Keep(NpgsqlConnection connection, AssessmentQuestion question, Rating rating, Figure figure, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("insert into assessment.figure values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)", connection);
        foreach (var text in new[] { question.Period.ToString(), CaseCodes.Of(question.Kind), AspectCode(question.Aspect), rating.Code, figure.Indicator, rating.Name })
            command.Parameters.Add(new() { Value = (object?)text ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = figure.Counted });
        command.Parameters.Add(new() { Value = figure.Of });
        command.Parameters.Add(new() { Value = (object?)figure.Score ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Numeric });
        command.Parameters.Add(new() { Value = figure.Weight });
        await command.ExecuteNonQueryAsync(cancel);
    }

    static string AspectCode(Aspect? aspect) => aspect is { } one ? CaseCodes.Of(one) : "";

    static async Task<DateTimeOffset?> Moment(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancel) is DateTime moment ? new(moment, TimeSpan.Zero) : null;
    }
}
