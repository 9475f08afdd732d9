namespace CityOps.Gis.Layers;

/// <summary>Layer definitions that cannot be used; every fault of every file at once.</summary>
public sealed class LayerDefinitionException(IReadOnlyList<LayerFault> faults)
    : Exception(string.Join(Environment.NewLine, faults.Select(fault => $"{fault.File} {fault.JsonPath}: {fault.Message.En}")))
{
    public IReadOnlyList<LayerFault> Faults { get; } = faults;
}
