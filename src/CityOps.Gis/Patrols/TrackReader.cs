using System.Text.Json;

namespace CityOps.Gis.Patrols;

/// <summary>Reads the points of a track: <c>{"points": [{"at": "2026-11-26T09:00:00+08:00", "longitude": 118.07, "latitude": 24.46, "accuracy": 8}]}</c>.</summary>
public static class TrackReader
{
    /// <summary>Points at once: eight hours with one every ten seconds.</summary>
    public const int MostPoints = 3_000;
    static readonly TimeSpan s_ahead = TimeSpan.FromMinutes(5);

    /// <summary>The points in the order in which they stand, or what is wrong; with one fault the whole is refused. Points of before <paramref name="oldest"/> are left out, and counted.</summary>
    /// <param name="oldest">As far back as tracks are kept.</param>
    public static (IReadOnlyList<TrackFix> Fixes, int TooOld, PatrolFault? Fault) Read(JsonElement body, DateTimeOffset now, DateTimeOffset oldest)
    {
        if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty("points", out var points) || points.ValueKind != JsonValueKind.Array)
            return ([], 0, PatrolFault.NotJson);
        if (points.GetArrayLength() > MostPoints)
            return ([], 0, PatrolFault.TooMany(MostPoints));
        var fixes = new List<TrackFix>(points.GetArrayLength());
        foreach (var (number, point) in points.EnumerateArray().Index())
            if (Read(point) is not { } fix)
                return ([], 0, PatrolFault.BadPoint(number + 1));
            else if (fix.At > now + s_ahead)
                return ([], 0, PatrolFault.InFuture);
            else
                fixes.Add(fix);
        var kept = fixes.Where(fix => fix.At >= oldest).ToList();
        return (kept, fixes.Count - kept.Count, null);
    }

    static TrackFix? Read(JsonElement point)
        => point.ValueKind == JsonValueKind.Object && point.TryGetProperty("at", out var at) && at.ValueKind == JsonValueKind.String && at.TryGetDateTimeOffset(out var moment)
            && Number(point, "longitude") is { } longitude and >= -180 and <= 180 && Number(point, "latitude") is { } latitude and >= -90 and <= 90
            ? new(moment, longitude, latitude, Number(point, "accuracy") is { } accuracy and >= 0 ? accuracy : null)
            : null;

    static double? Number(JsonElement point, string name)
        => point.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number) ? number : null;
}
