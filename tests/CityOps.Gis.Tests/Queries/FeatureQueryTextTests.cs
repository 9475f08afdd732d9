using CityOps.Gis.Layers;
using CityOps.Gis.Queries;
using CityOps.Gis.Testing;
using Xunit;

namespace CityOps.Gis.Tests.Queries;

public sealed class FeatureQueryTextTests
{
    const int Seed = 20261125;

    static readonly LayerCatalog Catalog = LayerCatalog.Load(Repository.PathOf("src/layers"));
    static readonly LayerDefinition Components = Catalog.Find("components")!;
    static readonly Dictionary<string, string[]> Words = new()
    {
        ["district_code"] = ["350203", "350206"], ["subdistrict_code"] = ["350203001"], ["department_code"] = ["12", "7"], ["class_code"] = ["0101", "02"], ["status"] = ["完好", "移除"],
        ["name"] = ["雨水井盖", "Lamp & post"], ["grid_code"] = ["350203001001001"],
    };

    [Fact]
    public void Any_question_reads_back_from_its_text()
    {
        var questions = new RandomQuestions(new(Seed), Components, Words);
        for (var number = 0; number < 2_000; number++)
        {
            var query = questions.Next(most: 6) with { Scope = null, AsOf = number % 5 == 0 ? DateTimeOffset.UnixEpoch.AddSeconds(number) : null };
            var text = FeatureQueryText.Format(query);
            var (again, faults) = FeatureQueryText.Parse(Components, Parameters(text));

            Assert.True(faults.Count == 0, $"Seed {Seed}, {number}: {text}: {string.Join(' ', faults.Select(fault => fault.En))}");
            Assert.Equal(text, FeatureQueryText.Format(again));
            Assert.Equal(query, again);
            Assert.Equal(query.GetHashCode(), again.GetHashCode());
        }
    }

    [Theory]
    [InlineData("district=350206,350203&district=350206", "district=350203%2C350206")]
    [InlineData("q=%20雨水%20%20井盖%20", "q=%E9%9B%A8%E6%B0%B4%20%E4%BA%95%E7%9B%96")]
    [InlineData("near=118.10,24.50,200", "near=118.1%2C24.5%2C200")]
    [InlineData("polygon=polygon((118 24,119 24,119 25,118 24))", "polygon=POLYGON%28%28118%2024%2C119%2024%2C119%2025%2C118%2024%29%29")]
    [InlineData("filter-lang=cql2-json&filter={\"op\":\"isNull\",\"args\":[{\"property\":\"status\"}]}", "filter=status%20IS%20NULL")]
    [InlineData("as-of=2026-01-31", "as-of=2026-01-30T16%3A00%3A00Z")]
    [InlineData("q=%20&status=", "")]
    [InlineData("limit=10&lang=zh", "")]
    public void Equal_questions_have_one_text(string asked, string canonical)
    {
        var (query, faults) = FeatureQueryText.Parse(Components, Parameters(asked));

        Assert.Empty(faults);
        Assert.Equal(canonical, FeatureQueryText.Format(query));
        Assert.Equal(canonical.Length == 0, query.IsWhole);
    }

    [Theory]
    [InlineData("near=118.1,24.5", "'near=118.1,24.5' cannot be used; write longitude,latitude,metres")]
    [InlineData("near=118.1,24.5,900000", "cannot be used")]
    [InlineData("near=NaN,24.5,9", "cannot be used")]
    [InlineData("polygon=POINT(1 2)", "polygon, line 1, column 1, at 'POINT': a polygon as WKT")]
    [InlineData("polygon=POLYGON((118 24,119 25,119 24,118 25,118 24))", "not valid near")]
    [InlineData("polygon=POLYGON((118 24,119 24,119 25,118 24))x", "the end should stand here")]
    [InlineData("as-of=yesterday", "'as-of=yesterday' cannot be used; write a time")]
    [InlineData("filter=colour=1", "filter, line 1, column 1, at 'colour'")]
    [InlineData("filter=TRUE&filter-lang=sql", "'filter-lang=sql' is neither")]
    [InlineData("filter=TRUE&filter=FALSE", "'filter' can be given once only")]
    [InlineData("q=a&q=b", "'q' can be given once only")]
    [InlineData("district=35%000203", "holds a character that cannot be used")]
    [InlineData("from=2026-02-01&to=2026-01-01", "'from' must be earlier than 'to'")]
    public void A_parameter_that_cannot_be_understood_is_named(string asked, string sentence)
        => Assert.Contains(sentence, string.Join(' ', FeatureQueryText.Parse(Components, Parameters(asked)).Faults.Select(fault => fault.En)), StringComparison.Ordinal);

    [Fact]
    public void A_question_with_any_part_is_not_whole()
    {
        var questions = new RandomQuestions(new(Seed), Components, Words);
        var whole = new FeatureQuery("components");
        Assert.True(whole.IsWhole);
        for (var number = 0; number < 500; number++)
            if (questions.Next(most: 1) is var query && query != whole)
                Assert.False(query.IsWhole, query.ToString());
        Assert.False((whole with { Scope = new() }).IsWhole);
        Assert.False((whole with { AsOf = DateTimeOffset.UnixEpoch }).IsWhole);
    }

    [Fact]
    public void What_the_caller_may_see_is_part_of_the_question_and_not_of_its_text()
    {
        var (one, other) = (new FeatureQuery("components") { Scope = new() { Districts = ["350203"] } }, new FeatureQuery("components") { Scope = new() { Districts = ["350206"] } });

        Assert.NotEqual(one, other);
        Assert.Equal(FeatureQueryText.Format(one), FeatureQueryText.Format(other));
        Assert.Equal(one, one with { Scope = new() { Districts = ["350203", "350203"] } });
    }

    static IEnumerable<KeyValuePair<string, string>> Parameters(string text)
        => text.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('=', 2)).Select(part => KeyValuePair.Create(part[0], Uri.UnescapeDataString(part[1])));
}
