using CityOps.Gis.Layers;

namespace CityOps.Gis.Assessment;

/// <summary>An indicator (评价指标) as <c>assessment.indicator</c> has it. What it counts is listed by the view of its id.</summary>
/// <param name="Object">What it rates: a unit grid, a department or somebody at work.</param>
/// <param name="Weight">Its share of the total score, percent.</param>
/// <param name="Bands">In the order of their limits; empty unless the rule is <see cref="ScoreRule.Bands"/>.</param>
/// <param name="Source">Where formula and weight come from; null: this project's own.</param>
public sealed record Indicator(
    string Id, AssessedKind Object, LocalText Title, LocalText Formula, decimal Weight, ScoreRule Rule, IReadOnlyList<ScoreBand> Bands, string? Source)
{
    /// <summary>0 to 100; null is "not rated": nothing was there to be counted, or the bands are of unit grids and this is a larger area.</summary>
    /// <param name="counted">Of the <paramref name="of"/> that were to be counted.</param>
    /// <param name="areaType">Management level, of a unit grid.</param>
    public decimal? Score(AssessedKind kind, long counted, long of, string? areaType = null) => Rule switch
    {
        ScoreRule.Bands => kind == Object ? Banded(of, areaType) : null,
        _ when of == 0 => null,
        ScoreRule.Rate => 100m * counted / of,
        _ => 100m * (of - counted) / of,
    };

    decimal? Banded(long number, string? areaType)
    {
        var own = Bands.Where(band => band.AreaType is not null && band.AreaType == areaType).ToList();
        foreach (var band in own.Count > 0 ? own : Bands.Where(band => band.AreaType is null))
            if (band.Below is null || number < band.Below)
                return band.Score;
        return null;
    }
}
