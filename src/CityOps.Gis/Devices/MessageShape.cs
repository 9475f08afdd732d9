namespace CityOps.Gis.Devices;

/// <summary>Where a message says what it is.</summary>
/// <param name="Time">When it was measured: RFC 3339, or seconds or milliseconds since 1970. A message without it is refused: nobody could tell whether it comes twice.</param>
/// <param name="Id">The device's own number of the message; null, or absent in a message: it is known again by its time and what it says.</param>
public sealed record MessageShape(JsonPointer Time, JsonPointer? Id = null);
