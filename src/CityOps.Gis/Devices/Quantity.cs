using CityOps.Gis.Layers;

namespace CityOps.Gis.Devices;

/// <summary>Something that a kind of device measures.</summary>
/// <param name="Name">Name of the value in readings.</param>
public sealed record Quantity(string Name, LocalText Title)
{
    /// <summary>Of the values as they are kept and shown; empty for counts.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Digits behind the point that people are shown.</summary>
    public int Digits { get; init; } = 2;

    /// <summary>Where in a message it stands; null: the product works it out (bikes in and beside the parking fences).</summary>
    public JsonPointer? At { get; init; }

    /// <summary>What the message's number is multiplied by to be in <see cref="Unit"/>.</summary>
    public double Scale { get; init; } = 1;
    public IReadOnlyList<AlarmRule> Alarms { get; init; } = [];
}
