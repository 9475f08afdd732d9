using System.Globalization;
using CityOps.Gis.Detections;
using Npgsql;

namespace CityOps.Gis.PostGis.Detections;

/// <summary>Reads rows of scenes in the order in which <see cref="DetectionList"/> selects their columns.</summary>
static class SceneRow
{
    public static SeenScene Read(NpgsqlDataReader row)
        => new(row.GetInt64(0), row.GetString(1), row.GetString(2), Text(row, 3), DetectionStates.Find(row.GetString(4))!.Value, Time(row, 5)!.Value, Time(row, 6)!.Value, row.GetInt32(7), row.GetDouble(8), row.GetInt64(9),
            Text(row, 10), row.GetBoolean(11), Time(row, 12), Text(row, 13), Time(row, 14), Text(row, 15), Text(row, 16), row.IsDBNull(17) ? null : row.GetInt64(17), Text(row, 18), row.IsDBNull(19) ? null : row.GetDouble(19),
            row.GetDouble(20), row.GetDouble(21), Text(row, 22)) { Pictures = [.. row.GetFieldValue<string[]>(23).Select(Picture)] };

    // which, seconds since 1970, confidence, box, size.
    static ScenePicture Picture(string text)
    {
        var parts = text.Split(' ');
        var numbers = parts.Skip(1).Select(part => double.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        return new(parts[0] == "last", DateTimeOffset.FromUnixTimeMilliseconds((long)(numbers[0] * 1000)), numbers[1], new(numbers[2], numbers[3], numbers[4], numbers[5]), (int)numbers[6], (int)numbers[7]);
    }

    static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    static DateTimeOffset? Time(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
}
