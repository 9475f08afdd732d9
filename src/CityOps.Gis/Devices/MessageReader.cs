using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace CityOps.Gis.Devices;

/// <summary>Reads what a device sent by its kind's definition: a JSON object is a message, a list of objects are several.</summary>
public static class MessageReader
{
    /// <summary>Messages in one list.</summary>
    public const int Most = 1_000;
    const int MostPlaces = 5_000, LongestId = 100, HashBytes = 8;

    // 2800 Pa are 2.8 kPa, not 2.8000000000000003, which would lie beyond a threshold of 2.8.
    const int KeptDigits = 9;
    const double LeastMilliseconds = 1e11;
    static readonly TimeSpan s_clockError = TimeSpan.FromMinutes(5);
    static readonly DateTimeOffset s_least = DateTimeOffset.UnixEpoch, s_most = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>All messages, or the first fault: of a list with one nothing is taken.</summary>
    /// <param name="oldest">Readings of before are not kept.</param>
    public static (IReadOnlyList<DeviceMessage> Messages, MessageFault? Fault) Read(DeviceKind kind, ReadOnlyMemory<byte> payload, DateTimeOffset now, DateTimeOffset oldest)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(payload);
        }
        catch (JsonException)
        {
            return ([], MessageFault.NotJson);
        }
        using (document)
        {
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Array && root.GetArrayLength() > Most)
                return ([], MessageFault.TooMany(Most));
            var messages = new List<DeviceMessage>();
            IEnumerable<JsonElement> all = root.ValueKind == JsonValueKind.Array ? root.EnumerateArray() : [root];
            foreach (var one in all)
                if (ReadOne(kind, one, now, oldest, out var message) is { } fault)
                    return ([], fault);
                else
                    messages.Add(message!);
            return (messages, null);
        }
    }

    static MessageFault? ReadOne(DeviceKind kind, JsonElement one, DateTimeOffset now, DateTimeOffset oldest, out DeviceMessage? message)
    {
        message = null;
        if (one.ValueKind != JsonValueKind.Object)
            return MessageFault.NoObject;
        if (kind.Message.Time.In(one) is not { } said)
            return MessageFault.NoTime(kind.Message.Time);
        if (TimeOf(said) is not { } time)
            return MessageFault.BadTime(said.ToString());
        if (time > now + s_clockError)
            return MessageFault.InFuture(time);
        if (time < oldest)
            return MessageFault.TooOld(time);
        var (readings, places) = (new SortedDictionary<string, double>(StringComparer.Ordinal), (List<double[]>?)null);
        if (Measure(kind, one, readings) is { } fault || (fault = Place(kind, one, ref places)) is not null)
            return fault;
        var (values, spots) = (JsonSerializer.Serialize(readings), places is null ? null : JsonSerializer.Serialize(places));
        if (IdOf(kind, one, values + spots) is not { } id)
            return MessageFault.BadId(kind.Message.Id!.In(one).ToString()!);
        message = new(time, id, values, spots);
        return null;
    }

    static MessageFault? Measure(DeviceKind kind, JsonElement one, SortedDictionary<string, double> readings)
    {
        foreach (var quantity in kind.Quantities)
            if (quantity.At?.In(one) is not { } said)
                continue;
            else if (NumberOf(said) is { } number)
                readings[quantity.Name] = quantity.Scale == 1 ? number : Math.Round(number * quantity.Scale, KeptDigits);
            else
                return MessageFault.NotANumber(quantity.At, said.ToString());
        return null;
    }

    static MessageFault? Place(DeviceKind kind, JsonElement one, ref List<double[]>? places)
    {
        if (kind.Positions is not { } shape || shape.At.In(one) is not { } list)
            return null;
        if (list.ValueKind != JsonValueKind.Array)
            return MessageFault.BadPosition(list.ToString());
        if (list.GetArrayLength() > MostPlaces)
            return MessageFault.TooMany(MostPlaces);
        places = [];
        foreach (var spot in list.EnumerateArray())
            if (shape.Longitude.In(spot) is { } east && shape.Latitude.In(spot) is { } north && NumberOf(east) is { } longitude and >= -180 and <= 180 && NumberOf(north) is { } latitude and >= -90 and <= 90)
                places.Add([longitude, latitude]);
            else
                return MessageFault.BadPosition(spot.ToString());
        return null;
    }

    /// <summary>Numbers, numbers as text, and truth as 1.</summary>
    static double? NumberOf(JsonElement said) => said.ValueKind switch
    {
        JsonValueKind.True => 1,
        JsonValueKind.False => 0,
        JsonValueKind.Number when said.TryGetDouble(out var number) && double.IsFinite(number) => number,
        JsonValueKind.String when double.TryParse(said.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => number,
        _ => null,
    };

    // Seconds of today have ten digits, milliseconds thirteen. PostgreSQL keeps microseconds: a finer time would not be known again.
    static DateTimeOffset? TimeOf(JsonElement said)
    {
        if (said.ValueKind == JsonValueKind.String && DateTimeOffset.TryParse(said.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            return new DateTimeOffset(time.UtcTicks - time.UtcTicks % TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
        if (NumberOf(said) is not { } number || said.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return null;
        var milliseconds = Math.Round(Math.Abs(number) < LeastMilliseconds ? number * 1000 : number);
        return milliseconds >= s_least.ToUnixTimeMilliseconds() && milliseconds < s_most.ToUnixTimeMilliseconds() ? DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds) : null;
    }

    // Marked apart: no device's own number begins so.
    static string? IdOf(DeviceKind kind, JsonElement one, string content)
        => kind.Message.Id?.In(one) is not { } said
            ? "#" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)).AsSpan(0, HashBytes))
            : said.ValueKind is JsonValueKind.String or JsonValueKind.Number && said.ToString() is { Length: > 0 and <= LongestId } id && id[0] != '#' && !id.Contains('\0', StringComparison.Ordinal) ? id : null;
}
