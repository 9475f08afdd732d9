using CityOps.Gis.Layers;

namespace CityOps.Gis.Devices;

/// <summary>
/// When a value is an alarm (报警). It is raised beyond <paramref name="Raise"/> and cleared at <paramref name="Clear"/> or on its far side; between the two nothing changes, so
/// that a value that trembles about one threshold raises one alarm (hysteresis).
/// </summary>
/// <param name="Id">Unique in its kind.</param>
public sealed record AlarmRule(string Id, LocalText Title, AlarmSide When, double Raise, double Clear)
{
    /// <summary>It holds from then to <see cref="To"/>, the city's local time, over midnight too; null: always.</summary>
    public TimeOnly? From { get; init; }
    public TimeOnly? To { get; init; }

    /// <summary>Class of the case that an alarm files by itself, of the code list <c>event-classes</c>; null: it files none.</summary>
    public string? CaseClass { get; init; }

    /// <summary>Standard and clause that the threshold is from; null: this project's own.</summary>
    public string? Source { get; init; }
}
