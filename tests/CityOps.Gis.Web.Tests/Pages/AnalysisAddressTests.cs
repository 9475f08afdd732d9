using CityOps.Gis.Heat;
using CityOps.Gis.Queries;
using CityOps.Gis.Testing;
using CityOps.Gis.Web.Pages;
using Xunit;

namespace CityOps.Gis.Tests.Web.Pages;

public sealed class AnalysisAddressTests
{
    const string Cases = "/analysis?layer=cases&cell=square&size=500&measure=count";

    [Theory]
    [InlineData(Cases)]
    [InlineData(Cases + "&from=2026-01-01&to=2026-02-01&against=own&from2=2025-06-01&to2=2025-07-15")]
    [InlineData(Cases + "&quantiles=asked")]
    [InlineData(Cases + "&from=2026-01-01&to=2026-02-01&against=year&view=side")]
    public void An_address_that_was_written_reads_as_the_same(string address) => Assert.Equal(address, Parse(address).ToString());

    [Fact]
    public void A_period_of_ones_own_is_compared_by_Beijings_days()
    {
        var question = Parse(Cases + "&from=2026-01-01&to=2026-02-01&against=own&from2=2025-06-01&to2=2025-07-15").Of(PageContext.Layer("cases"));

        Assert.Equal((HeatComparison.Difference, new DateTimeOffset(2025, 5, 31, 16, 0, 0, TimeSpan.Zero), new DateTimeOffset(2025, 7, 14, 16, 0, 0, TimeSpan.Zero)), (question.Compare, question.From2!.Value, question.To2!.Value));
    }

    [Theory]
    [InlineData("&against=own&from=2026-01-01&to=2026-02-01")]
    [InlineData("&against=own&from2=2025-06-01&to2=2025-07-15")]
    [InlineData("&against=own&from=2026-01-01&to=2026-02-01&from2=2025-07-15&to2=2025-06-01")]
    public void Two_periods_need_both_their_days(string parameters) => Assert.True(Parse(Cases + parameters).LacksSecond(PageContext.Layer("cases")));

    [Fact]
    public void Classes_are_fixed_by_the_whole_city_unless_one_chooses_what_is_asked()
    {
        var filter = "&department=11&from=2026-01-01&to=2026-02-01";
        var asked = Parse(Cases + filter).Of(PageContext.Layer("cases"));

        Assert.Equal(asked with { Query = new FeatureQuery("cases") }, Parse(Cases + filter).Fixing(asked));
        Assert.Null(Parse(Cases + filter + "&quantiles=asked").Fixing(asked));
        Assert.Null(Parse(Cases).Fixing(Parse(Cases).Of(PageContext.Layer("cases"))));
        Assert.Null(Parse(Cases + filter).Fixing(asked with { Breaks = [3, 5] }));
        Assert.Null(Parse(Cases + filter).Fixing(asked with { Hotspots = NeighbourRule.Queen }));
    }

    static AnalysisAddress Parse(string address) => AnalysisAddress.Parse("http://localhost" + address, PostGisDatabase.Catalog, PageContext.Layer("components"));
}
