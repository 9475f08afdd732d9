using CityOps.Gis.Layers;

namespace CityOps.Gis.Exports;

/// <summary>An export that cannot or should not be made as it was asked for; the sentence says what to ask for instead.</summary>
public sealed class ExportRefusedException(LocalText reason) : Exception(reason.En)
{
    public LocalText Reason { get; } = reason;
}
