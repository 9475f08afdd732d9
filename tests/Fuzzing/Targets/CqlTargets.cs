using CityOps.Gis.Queries.Cql2;
using CityOps.Gis.Testing;

namespace CityOps.Gis.Fuzzing.Targets;

/// <summary>Filters: no exception is declared, and what is taken reads back to an equal filter in both spellings.</summary>
static class CqlTargets
{
    static readonly string[] Texts =
    [
        "status IN ('完好','破损') AND first_date > DATE('2020-01-01')", "S_INTERSECTS(geom, POLYGON((118 24, 119 24, 119 25, 118 24)))", "NOT (name LIKE '%井盖_' OR code IS NULL)",
        "class_code BETWEEN '01' AND '0299'", "T_DURING(first_date, INTERVAL('2020-01-01', '..'))", "fid % 3 = 1 AND (fid + 2) * -1.5e3 < fid / 2", "CASEI(name) = CASEI('Lamp')",
    ];

    public static FuzzTarget Text => new("cql2-text", FuzzTargets.Utf8(Texts), FuzzTargets.Utf8(" AND ", " OR ", "NOT ", "(", ")", "'", "''", "IN (", "LIKE ", "BETWEEN ", "IS NULL", "POINT(", "TIMESTAMP('", "1e999", "-", "\"", "名称", "\0", "CASEI("), input
        => Told(CqlFilter.ParseText(FuzzTargets.Text(input), PostGisDatabase.Catalog.Find("components")!)));

    public static FuzzTarget Json => new("cql2-json", [.. Texts.Select(text => CqlFilter.ParseText(text, PostGisDatabase.Catalog.Find("components")!).Filter).OfType<CqlFilter>().SelectMany(filter => FuzzTargets.Utf8(filter.ToJson()))],
        FuzzTargets.Utf8("{\"op\":\"and\",\"args\":[", "{\"property\":\"", "]}", "null", "[[[[", "{\"date\":\"", "\"type\":\"Polygon\"", "1e999", "\\u0000", "\\ud800", "\"args\":{}"), input
        => Told(CqlFilter.ParseJson(FuzzTargets.Text(input), PostGisDatabase.Catalog.Find("components")!)));

    static string Told(CqlResult result)
    {
        var layer = PostGisDatabase.Catalog.Find("components")!;
        FuzzTargets.Promise(result.Filter is null != result.Fault is null, "exactly one of filter and fault", "");
        if (result.Filter is not { } filter)
            return result.Fault!.Sentence.En.Split(": ")[^1].Split('\'')[0];
        FuzzTargets.Promise(filter.Equals(CqlFilter.ParseText(filter.ToText(), layer).Filter), "text reads back to an equal filter", filter.ToText());
        FuzzTargets.Promise(filter.Equals(CqlFilter.ParseJson(filter.ToJson(), layer).Filter), "JSON reads back to an equal filter", filter.ToJson());
        return $"taken {filter.Root.GetType().Name} {filter.Normal.GetType().Name}";
    }
}
