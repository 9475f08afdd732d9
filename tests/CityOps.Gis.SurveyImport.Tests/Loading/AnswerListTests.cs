using Xunit;

namespace CityOps.Gis.Tests.SurveyImport.Loading;

/// <summary>The importer against the answer list of the sample city: every planted fault is found, and nothing else is refused or warned of.</summary>
public sealed class AnswerListTests(FaultyCity city) : IClassFixture<FaultyCity>
{
    const string BeforeToo = "the row before may be named too";

    [Fact]
    public void Every_planted_fault_is_found_with_its_code_severity_and_field()
    {
        _ = city.Database.Source;
        var found = city.Issues.GroupBy(issue => (issue.Layer, issue.Code)).ToDictionary(group => group.Key, group => group.ToList());

        var missed = city.Answers.Where(answer => !found.GetValueOrDefault((answer.Layer, answer.Codes[0]), [])
            .Any(issue => (issue.Row == answer.Row || issue.Row == 0) && issue.Severity == answer.Severity && (answer.Field.Length == 0 || answer.Field == issue.Field))).ToList();

        Assert.NotEmpty(city.Answers);
        Assert.True(missed.Count == 0, $"{missed.Count} of {city.Answers.Count} missed:\n" + Lines(missed));
    }

    [Fact]
    public void Of_every_kind_of_fault_several_are_planted()
    {
        _ = city.Database.Source;
        var kinds = city.Answers.Where(answer => answer.Row > 0).GroupBy(answer => answer.Codes[0]).ToDictionary(group => group.Key, group => group.Count());

        Assert.Equal(31, kinds.Count);
        Assert.All(kinds, kind => Assert.InRange(kind.Value, kind.Key == "CodeSerialZero" ? 3 : 10, 60));
    }

    [Fact]
    public void The_refused_rows_are_the_rows_with_a_planted_error_and_no_others()
    {
        _ = city.Database.Source;
        var severe = city.Answers.Where(answer => answer.Severity == "error").Select(answer => answer.Codes[0]).ToHashSet();
        var errors = city.Answers.Where(answer => answer.Codes.Any(severe.Contains)).Select(answer => (answer.Layer, answer.Row)).ToHashSet();

        Assert.Empty(city.Refused.Except(errors));
        Assert.Empty(errors.Except(city.Refused));
        Assert.Equal(errors.Count, city.Batch!.Counts.Refused);
    }

    [Fact]
    public void No_error_or_warning_appears_where_none_was_planted()
    {
        _ = city.Database.Source;
        var planted = city.Answers.SelectMany(Named).ToHashSet();

        var surplus = city.Issues.Where(issue => issue.Severity != "note" && !planted.Contains((issue.Layer, issue.Row, issue.Code)) && !planted.Contains((issue.Layer, 0, issue.Code))).ToList();

        Assert.True(surplus.Count == 0, $"{surplus.Count} too many:\n" + Lines(surplus));
    }

    [Fact]
    public async Task The_numbers_of_the_batch_add_up_and_are_those_of_the_layer()
    {
        var counts = city.Batch?.Counts!;
        var stored = await city.Database.Value<long>("select count(*) from gis.components");

        Assert.Equal(counts.Delivered, counts.Accepted + counts.Refused);
        Assert.Equal(counts.Accepted, counts.Added);
        Assert.Equal(counts.Accepted, stored);
        Assert.Equal(60_000, counts.Delivered);
    }

    [Fact]
    public async Task Every_sound_row_is_stamped_with_the_grid_it_was_delivered_with_and_has_a_department()
    {
        Assert.Equal(0, await city.Database.Value<long>("""
            select count(*) from gis.components where department_code is null and supervisor_code in (select code from gis.departments)
            """));
        Assert.Equal(city.Answers.Count(answer => answer.Codes[0] == "OutsideGrids"), await city.Database.Value<long>("select count(*) from gis.components where grid_code is null"));
    }

    static IEnumerable<(string Layer, long Row, string Code)> Named(FaultyCity.Planted answer)
        => answer.Codes.SelectMany(code => answer.Note.Contains(BeforeToo, StringComparison.Ordinal)
            ? new[] { (answer.Layer, answer.Row, code), (answer.Layer, answer.Row - 1, code) }
            : [(answer.Layer, answer.Row, code)]);

    static string Lines<T>(IEnumerable<T> list) => string.Join('\n', list.Take(60));
}
