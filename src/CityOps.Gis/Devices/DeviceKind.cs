namespace CityOps.Gis.Devices;

/// <summary>
/// A kind of device (设备类型), one file in <c>src/layers/device-kinds</c>: what its messages look like, what it measures, and when that is an alarm. The code is one of the code
/// list <c>device-kinds</c>.
/// </summary>
/// <param name="Kind">Value of the field <c>kind</c> of the layer's features.</param>
/// <param name="QuietMinutes">Offline after so long without a message.</param>
public sealed record DeviceKind(string Kind, int QuietMinutes, MessageShape Message, IReadOnlyList<Quantity> Quantities)
{
    /// <summary>Places that a message lists, for devices that see bikes; null = it lists none.</summary>
    public PositionShape? Positions { get; init; }

    public Quantity? Find(string name) => Quantities.FirstOrDefault(one => one.Name == name);

    /// <summary>A rule by its id, with the quantity that it watches.</summary>
    public (Quantity Quantity, AlarmRule Rule)? FindRule(string id)
    {
        foreach (var quantity in Quantities)
            if (quantity.Alarms.FirstOrDefault(rule => rule.Id == id) is { } found)
                return (quantity, found);
        return null;
    }
}
