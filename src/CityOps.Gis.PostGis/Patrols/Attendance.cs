namespace CityOps.Gis.PostGis.Patrols;

/// <summary>What a person did on a day in the grids that the caller sees (出勤).</summary>
/// <param name="First">First point inside one of these grids; null where the track only passed by.</param>
/// <param name="Minutes">In grids, in all.</param>
/// <param name="OwnMinutes">In grids of the person's own scope; null for people whose scope names no area.</param>
/// <param name="OwnFirst">First point in an own grid.</param>
/// <param name="Grids">That the track came near to; of these, own ones.</param>
public sealed record Attendance(
    string PersonId, string Name, DateTimeOffset? First, DateTimeOffset? Last, double Minutes, DateTimeOffset? OwnFirst, DateTimeOffset? OwnLast, double? OwnMinutes, double Meters, int Grids, int OwnGrids);
