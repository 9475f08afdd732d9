using CityOps.Gis.Layers;

namespace CityOps.Gis.Queries.Cql2;

/// <summary>Days and moments as literals.</summary>
static class CqlInstants
{
    public static readonly LocalText Form = new("时间应形如 '2026-01-31' 或 '2026-01-31T08:00:00Z'。", "write a time as '2026-01-31' or '2026-01-31T08:00:00Z'.");

    /// <summary>A day or a moment; null where the text is neither.</summary>
    public static CqlLiteral? Read(string text, int offset)
        => CqlTimes.Day(text) is { } day ? new(day, offset) : CqlTimes.Moment(text) is { } moment ? new(moment, offset) : null;
}
