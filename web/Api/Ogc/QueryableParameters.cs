using System.Globalization;
using CityOps.Gis.Layers;
using CityOps.Gis.Queries;
using Microsoft.Extensions.Primitives;

namespace CityOps.Gis.Web.Api.Ogc;

/// <summary>Queryables as parameters, <c>name=value</c> (OGC 19-079r2, 7): the property equals the value, or one of them where the parameter is given more than once.</summary>
static class QueryableParameters
{
    /// <summary>Queryables that can be parameters: all but the geometry.</summary>
    public static IEnumerable<Queries.Queryable> Of(LayerDefinition layer) => Queryables.Of(layer).Where(one => one.Type is not null);

    /// <summary>The conditions in CQL2 text; a fault where no property has the name.</summary>
    public static IEnumerable<string> Read(LayerDefinition layer, string name, StringValues values, List<LocalText> faults)
    {
        if (Of(layer).FirstOrDefault(one => one.Name == name) is not { Type: { } type })
        {
            faults.Add(new($"不认识参数“{name}”；/ogc/api 说明可用的参数。", $"The parameter '{name}' is not known; /ogc/api describes those that are."));
            return [];
        }
        var either = values.Select(value => Condition(name, type, value ?? "", faults)).OfType<string>().ToList();
        return either.Count == 0 ? [] : [string.Join(" OR ", either)];
    }

    static string? Condition(string name, FieldType type, string value, List<LocalText> faults)
    {
        if (Literal(type, value) is { } literal)
            return type == FieldType.List ? $"A_CONTAINS(\"{name}\", ({literal}))" : $"\"{name}\" = {literal}";
        faults.Add(new($"{name}=“{value}”不是{Kind(type).Zh}。", $"'{name}={value}' is no {Kind(type).En}."));
        return null;
    }

    static string? Literal(FieldType type, string value) => type switch
    {
        FieldType.Integer => long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole.ToString(CultureInfo.InvariantCulture) : null,
        FieldType.Real => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) && double.IsFinite(real) ? real.ToString("R", CultureInfo.InvariantCulture) : null,
        FieldType.Boolean => value is "true" or "false" ? value : null,
        FieldType.Date => DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? $"DATE('{value}')" : null,
        FieldType.DateTime => DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? $"TIMESTAMP('{time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture)}')"
            : null,
        _ => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'",
    };

    static LocalText Kind(FieldType type) => type switch
    {
        FieldType.Integer => new("整数", "whole number"),
        FieldType.Real => new("数", "number"),
        FieldType.Boolean => new(" true 或 false", "true or false"),
        FieldType.Date => new("日期（2026-01-31）", "day (2026-01-31)"),
        _ => new("时刻（2026-01-31T08:00:00Z）", "instant (2026-01-31T08:00:00Z)"),
    };
}
