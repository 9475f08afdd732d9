using CityOps.Gis.Assessment;
using Xunit;

namespace CityOps.Gis.Tests.Assessment;

public sealed class RatingTests
{
    static readonly Indicator Counted = new("n", AssessedKind.Grid, new("", ""), new("", ""), 20, ScoreRule.Bands, [new(null, 1, 100), new(null, 3, 90), new(null, null, 0), new("2", 4, 90), new("2", null, 0)], null);

    [Theory]
    [InlineData(0, null, 100)]
    [InlineData(2, null, 90)]
    [InlineData(3, null, 0)]
    [InlineData(3, "2", 90)]
    [InlineData(4, "2", 0)]
    [InlineData(3, "7", 0)]
    public void A_number_has_the_score_of_its_band_and_the_bands_of_the_area_come_first(long number, string? areaType, int score)
        => Assert.Equal(score, Counted.Score(AssessedKind.Grid, number, number, areaType));

    [Theory]
    [InlineData(ScoreRule.Rate)]
    [InlineData(ScoreRule.Inverse)]
    public void Where_nothing_was_to_be_counted_nothing_is_rated(ScoreRule rule) => Assert.Null((Counted with { Rule = rule }).Score(AssessedKind.Grid, 0, 0));

    [Fact]
    public void What_is_not_rated_counts_neither_for_nor_against()
    {
        var rating = new Rating("1", null, [new("a", 1, 2, 50, 30), new("b", 0, 0, null, 60), new("c", 1, 1, 100, 10)], 0);
        Assert.Equal((40m, 62.5m, Grade.C), (rating.RatedWeight, rating.Total!.Value, rating.Grade!.Value));
        Assert.Null((rating with { Figures = [new("b", 0, 0, null, 60)] }).Total);
    }

    [Theory]
    [InlineData(-80, 0)]
    [InlineData(80, 100)]
    public void Points_do_not_lead_out_of_0_to_100(int points, int total) => Assert.Equal(total, new Rating("1", null, [new("a", 1, 2, 50, 100)], points).Total);

    [Theory]
    [InlineData(90, Grade.A)]
    [InlineData(89.99, Grade.B)]
    [InlineData(75, Grade.B)]
    [InlineData(60, Grade.C)]
    [InlineData(40, Grade.D)]
    [InlineData(39.9, Grade.E)]
    public void A_grade_begins_at_its_limit(double score, Grade grade) => Assert.Equal(grade, Rating.GradeOf((decimal)score));

    [Fact]
    public void Equal_totals_share_a_place_and_what_is_not_rated_has_none()
        => Assert.Equal(
            [(1, "b"), (2, "a"), (2, "c"), (4, "d"), ((int?)null, "e")],
            Rating.Ranked([Of("e", null), Of("c", 50), Of("a", 50), Of("b", 60), Of("d", 0)]).Select(one => (one.Place, one.Rating.Code)));

    [Theory]
    [InlineData("2026-11", "2026-11-01", "2026-12-01")]
    [InlineData("2026-Q4", "2026-10-01", "2027-01-01")]
    [InlineData("2026", "2026-01-01", "2027-01-01")]
    public void A_period_is_read_and_written(string text, string first, string end)
    {
        var period = AssessmentPeriod.TryParse(text)!.Value;
        Assert.Equal((text, DateOnly.Parse(first, null), DateOnly.Parse(end, null)), (period.ToString(), period.First, period.End));
        Assert.Equal(period, (period with { First = period.End }).Previous);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("2026-13")]
    [InlineData("2026-Q5")]
    [InlineData("2026-1")]
    [InlineData("26-11")]
    [InlineData("2026-11-01")]
    public void What_is_no_period_is_none(string? text) => Assert.Null(AssessmentPeriod.TryParse(text));

    static Rating Of(string code, int? score) => new(code, null, [new("a", 0, 0, score, 100)], 0);
}
