using CityOps.Gis.Access;
using CityOps.Gis.Detections;
using CityOps.Gis.PostGis.Audit;
using Npgsql;
using NpgsqlTypes;

namespace CityOps.Gis.PostGis.Detections;

/// <summary>What is done with detections of each kind; set by administrators of the whole city.</summary>
public sealed class DetectionRules(CallerDatabase database)
{
    public async Task<IReadOnlyList<DetectionRule>> All(CancellationToken cancel = default)
    {
        await using var command = database.CreateCommand("select kind, case_class, least_confidence, merge_minutes, least_overlap, gone_minutes, is_on from detections.rule order by case_class, kind");
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var rules = new List<DetectionRule>();
        while (await reader.ReadAsync(cancel))
            rules.Add(new(reader.GetString(0), reader.GetString(1), reader.GetDouble(2), reader.GetInt32(3), reader.GetDouble(4), reader.IsDBNull(5) ? null : reader.GetInt32(5), reader.GetBoolean(6)));
        return rules;
    }

    /// <summary>Holds from the next sighting on.</summary>
    /// <exception cref="ArgumentException">The rule is none that the database could keep.</exception>
    /// <exception cref="UnauthorizedAccessException">The caller is no administrator of the whole city.</exception>
    public async Task Set(DetectionRule rule, CancellationToken cancel = default)
    {
        if (!Caller.Current.May(Permission.Administer))
            throw new UnauthorizedAccessException("Rules of detections are set by administrators.");
        if (!rule.IsPossible)
            throw new ArgumentException($"{rule} cannot be kept.", nameof(rule));
        var before = (await All(cancel)).FirstOrDefault(one => one.Kind == rule.Kind);
        await using var connection = await database.Open(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using var tell = new NpgsqlCommand("select set_config('cityops.permissions', $1, true)", connection) { Parameters = { new() { Value = nameof(Permission.Administer) } } };
        await tell.ExecuteNonQueryAsync(cancel);
        await using var change = new NpgsqlCommand("""
            update detections.rule set (case_class, least_confidence, merge_minutes, least_overlap, gone_minutes, is_on) = ($2, $3, $4, $5, $6, $7) where kind = $1
            """, connection);
        foreach (var value in new object[] { rule.Kind, rule.CaseClass, rule.LeastConfidence, rule.MergeMinutes, rule.LeastOverlap })
            change.Parameters.Add(new() { Value = value });
        change.Parameters.Add(new() { Value = (object?)rule.GoneMinutes ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer });
        change.Parameters.Add(new() { Value = rule.IsOn });
        await change.ExecuteNonQueryAsync(cancel);
        await AuditLog.Write(connection, new(AuditKind.DetectionRulesChanged, rule.Kind, before, rule), cancel);
        await transaction.CommitAsync(cancel);
    }
}
