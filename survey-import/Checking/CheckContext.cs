using CityOps.Gis.Layers;
using CityOps.Gis.SurveyImport.Mapping;

namespace CityOps.Gis.SurveyImport.Checking;

/// <summary>What all checks of a delivery know: the layer, the lists, the city, and the keys and places seen so far in any of its files.</summary>
public sealed class CheckContext
{
    public required LayerDefinition Layer { get; init; }
    public required CodeLists Lists { get; init; }
    public required DeliverySettings Settings { get; init; }

    /// <summary>Codes of the city's districts; empty = not known, and then not checked.</summary>
    public required IReadOnlySet<string> Divisions { get; init; }
    public required IReadOnlySet<string> Departments { get; init; }

    /// <summary>Null = the database knows no districts yet, and places are not checked.</summary>
    public SurveyMask? Area { get; init; }
    public DateOnly Today => Settings.Today ?? DateOnly.FromDateTime(DateTime.UtcNow.AddHours(8));
    public SeenKeys Keys { get; } = new();
    public NearbyPoints Nearby { get; } = new();

    readonly Dictionary<string, int> _nearbyClasses = [];

    /// <summary>Number of a class in <see cref="Nearby"/>, the same for all files of the delivery.</summary>
    public int NearbyClass(string classCode, double toleranceMeters)
        => _nearbyClasses.TryGetValue(classCode, out var number) ? number : _nearbyClasses[classCode] = Nearby.Register(toleranceMeters);
}
