using CityOps.Gis.Assessment;
using CityOps.Gis.Cases;
using Npgsql;

namespace CityOps.Gis.PostGis.Assessment;

/// <summary>The indicators as the city has set them.</summary>
public static class Indicators
{
    /// <summary>Those that rate a kind of object, in their order.</summary>
    public static async Task<IReadOnlyList<Indicator>> Of(NpgsqlConnection connection, AssessedKind kind, CancellationToken cancel = default)
    {
        await using var command = new NpgsqlCommand($"""
            select id, object, title_zh, title_en, formula_zh, formula_en, weight, score_rule, source from assessment.indicator where object = {SqlName.Literal(CaseCodes.Of(kind.Rated()))} order by position;
            select indicator, area_type, nullif(below, 'infinity'), score from assessment.band order by indicator, below
            """, connection);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var all = new List<Indicator>();
        while (await reader.ReadAsync(cancel))
            all.Add(new(reader.GetString(0), CaseCodes.Find<AssessedKind>(reader.GetString(1))!.Value, new(reader.GetString(2), reader.GetString(3)), new(reader.GetString(4), reader.GetString(5)),
                reader.GetDecimal(6), CaseCodes.Find<ScoreRule>(reader.GetString(7))!.Value, [], reader.IsDBNull(8) ? null : reader.GetString(8)));
        await reader.NextResultAsync(cancel);
        var bands = new List<(string Indicator, ScoreBand Band)>();
        while (await reader.ReadAsync(cancel))
            bands.Add((reader.GetString(0), new(reader.IsDBNull(1) ? null : reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetDecimal(2), reader.GetDecimal(3))));
        return [.. all.Select(one => one with { Bands = [.. bands.Where(band => band.Indicator == one.Id).Select(band => band.Band)] })];
    }
}
