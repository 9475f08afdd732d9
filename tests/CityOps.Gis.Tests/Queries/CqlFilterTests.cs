using CityOps.Gis.Layers;
using CityOps.Gis.Queries.Cql2;
using CityOps.Gis.Testing;
using Xunit;

namespace CityOps.Gis.Tests.Queries;

public sealed class CqlFilterTests
{
    const int Seed = 20261125;

    static readonly LayerCatalog Catalog = LayerCatalog.Load(Repository.PathOf("src/layers"));
    static readonly LayerDefinition Components = Catalog.Find("components")!, Cases = Catalog.Find("cases")!;

    [Theory]
    [InlineData("colour = 'red'", 0, "no property 'colour'")]
    [InlineData("status = '完好' AND\n  colour = 'red'", 20, "line 2, column 3, at 'colour'")]
    [InlineData("status = 5", 9, "a text (status) cannot be compared with a number")]
    [InlineData("first_date > '2026-01-31'", 13, "Write times as DATE('2026-01-31')")]
    [InlineData("status", 0, "no condition")]
    [InlineData("status = '完好", 9, "this quote is not closed")]
    [InlineData("status = '完好' class_code = '0101'", 14, "the end, AND or OR should stand here")]
    [InlineData("status ==", 8, "a property, a value or '('")]
    [InlineData("", 0, "(its end): a property, a value or '('")]
    [InlineData("status LIKE name", 12, "after LIKE stands a pattern")]
    [InlineData("status IN ()", 10, "the list after IN is empty")]
    [InlineData("Foo(status) = 1", 0, "there is no function 'Foo'")]
    [InlineData("ACCENTI(name) = 'a'", 0, "ACCENTI is not offered")]
    [InlineData("S_INTERSECTS(geom, POINT(24.5 118.1))", 19, "longitude and latitude in degrees")]
    [InlineData("S_INTERSECTS(geom, POLYGON((118 24, 119 24, 119 25)))", 27, "a ring has at least four points")]
    [InlineData("S_INTERSECTS(geom, POLYGON((118 24, 119 25, 119 24, 118 25, 118 24)))", 19, "not valid near")]
    [InlineData("S_WITHIN(geom, GEOMETRYCOLLECTION(POINT(118 24)))", 15, "GEOMETRYCOLLECTION is only for")]
    [InlineData("S_INTERSECTS(geom, BBOX(119, 24, 118, 25))", 19, "west should be less than east")]
    [InlineData("T_AFTER(first_date, DATE('2026-02-30'))", 25, "write a day as")]
    [InlineData("T_AFTER(occurred_at, TIMESTAMP('2026-01-31T08:00:00'))", 31, "with its time zone")]
    [InlineData("T_DURING(occurred_at, INTERVAL('2026-02-01', '2026-01-01'))", 22, "ends before it begins")]
    [InlineData("(status = 'a') < (name = 'b')", 0, "a condition can only be equal to TRUE or FALSE")]
    [InlineData("fid = 1e999", 6, "a number should stand here")]
    [InlineData("name = 'a\\'", 7, "this quote is not closed")]
    [InlineData("A_CONTAINS(name, ['a'])", 11, "a property that is a list")]
    [InlineData("1 + 2", 0, "no condition")]
    [InlineData("fid + name > 3", 6, "+ takes numbers")]
    [InlineData("T_AFTER(status, DATE('2026-01-01'))", 8, "T_AFTER takes times")]
    [InlineData("#", 0, "a property, a value or '('")]
    public void A_fault_names_the_place(string text, int offset, string sentence)
    {
        var (filter, fault) = CqlFilter.ParseText(text, Components);

        Assert.Null(filter);
        Assert.Contains(sentence, fault!.Sentence.En, StringComparison.Ordinal);
        Assert.Equal(offset, fault.Offset);
        Assert.Matches("[一-龥]", fault.Sentence.Zh);
    }

    [Theory]
    [InlineData("""{"op":"=","args":[{"property":"status"},{"property":"colour"}]}""", 40, "no property 'colour'")]
    [InlineData("""{"op":"=","args":[{"property":"status"}]}""", 17, "does not take these operands")]
    [InlineData("""{"op":"=","args":["完好",null]}""", 23, "use isNull")]
    [InlineData("""{"op":"=","args":["完好",}""", 23, "not valid JSON")]
    [InlineData("""{"args":[]}""", 0, "an object here has op")]
    [InlineData("""{"op":"in","args":[{"property":"status"},"完好"]}""", 18, "does not take these operands")]
    [InlineData("""{"op":"s_within","args":[{"property":"geom"},{"type":"Circle","coordinates":[1,2]}]}""", 45, "GeoJSON's geometry types")]
    [InlineData("""{"op":"first moment of","args":[{"property":"first_date"}]}""", 0, "there is no function")]
    [InlineData("", 0, "not valid JSON")]
    [InlineData("""{"op":"=","args":[{"property":"status"},"\ud800"]}""", 0, "not valid JSON")]
    public void A_fault_in_JSON_names_the_place(string json, int offset, string sentence)
    {
        var (filter, fault) = CqlFilter.ParseJson(json, Components);

        Assert.Null(filter);
        Assert.Contains(sentence, fault!.Sentence.En, StringComparison.Ordinal);
        Assert.Equal(offset, fault.Offset);
    }

    [Fact]
    public void Ten_thousand_brackets_are_a_fault_and_no_crash()
    {
        var (deep, many) = (new string('(', 10_000), string.Concat(Enumerable.Repeat("NOT ", 10_000)));
        foreach (var text in new[] { deep, deep + "TRUE" + new string(')', 10_000), many + "TRUE", string.Join('^', Enumerable.Repeat("2", 10_000)) + "=1", string.Join('+', Enumerable.Repeat("2", 10_000)) + "=1",
            string.Concat(Enumerable.Repeat("f(", 10_000)), string.Concat(Enumerable.Repeat("[", 10_000)), "S_INTERSECTS(geom, " + string.Concat(Enumerable.Repeat("GEOMETRYCOLLECTION(", 5_000)) })
            Assert.Contains("deep", CqlFilter.ParseText(text, Components).Fault!.Sentence.En, StringComparison.Ordinal);
        var json = string.Concat(Enumerable.Repeat("""{"op":"not","args":[""", 4_000));
        Assert.Contains("deep", CqlFilter.ParseJson(json + "true" + string.Concat(Enumerable.Repeat("]}", 4_000)), Components).Fault!.Sentence.En, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_list_of_conditions_is_no_depth()
        => Assert.NotNull(CqlFilter.ParseText(string.Join(" OR ", Enumerable.Range(0, 5_000).Select(fid => $"fid={fid}")), Components).Filter);

    [Theory]
    [InlineData("status='完好' and (name LIKE '井%')", "status='完好' AND name LIKE '井%'")]
    [InlineData("((status) = ('a''b'))", "status='a''b'")]
    [InlineData("\"status\" is not null", "status IS NOT NULL")]
    [InlineData("fid in (1, 2.0, -3)", "fid IN (1,2,-3)")]
    [InlineData("fid - -1 > 2 - (3 - 4)", "fid--1>2-(3-4)")]
    [InlineData("2^3^2 = (2^3)^2", "2^3^2=(2^3)^2")]
    [InlineData("not (status = 'a' or status = 'b')", "NOT (status='a' OR status='b')")]
    [InlineData("occurred_at = TIMESTAMP('2026-01-31T08:00:00.1234567+08:00')", "occurred_at=TIMESTAMP('2026-01-31T00:00:00.123456Z')")]
    [InlineData("S_INTERSECTS(geom, bbox(118, 24.4, 10, 118.2, 24.6, 20))", "S_INTERSECTS(geom,BBOX(118,24.4,118.2,24.6))")]
    [InlineData("S_EQUALS(geom, MULTIPOINT(118 24, 119 25))", "S_EQUALS(geom,MULTIPOINT((118 24),(119 25)))")]
    public void A_filter_has_one_spelling(string text, string canonical) => Assert.Equal(canonical, CqlFilter.ParseText(text, Components).Filter?.ToText());

    [Fact]
    public void Any_filter_reads_back_from_its_text_and_from_its_JSON()
    {
        var random = new Random(Seed);
        foreach (var layer in new[] { Components, Cases, Catalog.Find("management_grids")! })
        {
            var filters = new RandomQuestions(random, layer, new Dictionary<string, string[]>());
            for (var number = 0; number < 2_000; number++)
            {
                var filter = filters.Filter(5);
                var (byText, byJson) = (CqlFilter.ParseText(filter.ToText(), layer), CqlFilter.ParseJson(filter.ToJson(), layer));

                Assert.True(filter.Equals(byText.Filter), $"Seed {Seed}, {number}: {filter} reads back as {byText.Filter} ({byText.Fault?.Sentence.En})");
                Assert.True(filter.Equals(byJson.Filter), $"Seed {Seed}, {number}: {filter.ToJson()} reads back as {byJson.Filter} ({byJson.Fault?.Sentence.En})");
            }
        }
    }

    [Fact]
    public void Mutilated_filters_are_faults_or_filters_and_never_crash()
    {
        var random = new Random(Seed);
        var seeds = StandardExampleTests.Examples.SelectMany(row => new[] { row.Data.Item2, row.Data.Item3 }).ToArray();
        for (var number = 0; number < 10_000; number++)
        {
            var text = Mutilated(random, seeds[random.Next(seeds.Length)]);
            foreach (var (filter, fault) in new[] { CqlFilter.ParseText(text, Components), CqlFilter.ParseJson(text, Components) })
                Assert.True(filter is null != fault is null, $"Seed {Seed}, {number}: {text}");
        }
    }

    static string Mutilated(Random random, string text)
    {
        for (var times = random.Next(1, 6); times > 0; times--)
        {
            var (at, other) = (random.Next(text.Length + 1), random.Next(text.Length + 1));
            var (from, to) = (Math.Min(at, other), Math.Max(at, other));
            text = random.Next(6) switch
            {
                0 => text.Remove(from, Math.Min(to - from, 5)),
                1 => text.Insert(at, text[from..Math.Min(to, from + 20)]),
                2 => text.Insert(at, ((char)random.Next(char.MaxValue + 1)).ToString()),
                3 => text.Insert(at, "'\"()[]{},.<>=+-*/%^\\"[random.Next(20)].ToString()),
                4 => text[..from],
                _ => text.Insert(at, " NOT ").Replace("property", "status", StringComparison.Ordinal),
            };
        }
        return text;
    }
}
