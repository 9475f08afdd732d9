namespace CityOps.Gis.Assessment;

/// <summary>How something did in a period: its figures, and the total made of them.</summary>
/// <param name="Code">Grid, area or department code, or a person's id.</param>
/// <param name="Figures">In the order of the indicators; those of <see cref="Indicator"/> that rate it, whether they have a score or not.</param>
/// <param name="Points">Given and taken by checks on the spot.</param>
public sealed record Rating(string Code, string? Name, IReadOnlyList<Figure> Figures, decimal Points)
{
    /// <summary>Weights of the indicators that have a score, percent: how much of the total is known.</summary>
    public decimal RatedWeight => Figures.Where(figure => figure.Score is not null).Sum(figure => figure.Weight);

    /// <summary>Mean of the scores by their weights, with the points, 0 to 100; null where no indicator has a score. One without a score counts neither for nor against.</summary>
    public decimal? Total => RatedWeight == 0 ? null
        : Math.Clamp(Figures.Where(figure => figure.Score is not null).Sum(figure => figure.Score!.Value * figure.Weight) / RatedWeight + Points, 0, 100);

    /// <summary>Its figure of an indicator; one without a score where it has none, as of a kept period that did not know the indicator.</summary>
    public Figure Of(string indicator) => Figures.Where(figure => figure.Indicator == indicator).FirstOrDefault(new Figure(indicator, 0, 0, null, 0));

    public Grade? Grade => Total is { } total ? GradeOf(total) : null;

    public static Grade GradeOf(decimal score) => score switch
    {
        >= 90 => Assessment.Grade.A,
        >= 75 => Assessment.Grade.B,
        >= 60 => Assessment.Grade.C,
        >= 40 => Assessment.Grade.D,
        _ => Assessment.Grade.E,
    };

    /// <summary>Best first, with places; equal totals share one, and what is not rated has none and comes last.</summary>
    public static IEnumerable<(int? Place, Rating Rating)> Ranked(IReadOnlyList<Rating> ratings)
        => ratings.OrderByDescending(one => one.Total.HasValue).ThenByDescending(one => one.Total).ThenBy(one => one.Code, StringComparer.Ordinal)
            .Select(one => (one.Total is { } total ? 1 + ratings.Count(other => other.Total > total) : (int?)null, one));
}
