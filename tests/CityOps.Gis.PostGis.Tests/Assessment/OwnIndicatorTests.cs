using CityOps.Gis.Assessment;
using Xunit;
using static CityOps.Gis.Tests.PostGis.Assessment.AssessmentCity;

namespace CityOps.Gis.Tests.PostGis.Assessment;

/// <summary>An indicator of a city's own: a row of <c>assessment.indicator</c> and a view of its name, which need not tell what its cases are about.</summary>
public sealed class OwnIndicatorTests(AssessmentCity city) : IClassFixture<AssessmentCity>
{
    [Fact]
    public async Task It_is_rated_by_aspect_as_the_others_are()
    {
        await using (var command = city.Database.Source.CreateCommand("""
            insert into assessment.indicator values ('grid-handled', 'grid', 9, '处置率', 'Handling rate', '处置数 / 立案数', 'handled / filed', 10, 'rate', null);
            create view assessment."grid-handled" with (security_invoker = true) as
            select grid_code as object, fid, filed_at as at, handled_at is not null as counts, null::timestamptz as until from gis.cases where filed_at is not null and status <> 'void';
            """))
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        Assert.Equal("3/4", await Counted(null));
        Assert.Equal("2/3", await Counted(Aspect.Clean));
        Assert.Equal("1/1", await Counted(Aspect.Orderly));
        Assert.Equal("1/1", await Counted(Aspect.Satisfaction));
    }

    async Task<string> Counted(Aspect? aspect)
    {
        var (_, ratings, _) = await city.Assessments.Of(new(AssessedKind.Grid, Period("2026-06"), aspect), TestContext.Current.CancellationToken);
        var figure = ratings.Single(one => one.Code == Grid).Figures.Single(one => one.Indicator == "grid-handled");
        return $"{figure.Counted}/{figure.Of}";
    }
}
