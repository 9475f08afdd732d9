using CityOps.Gis.Layers;

namespace CityOps.Gis.Web.Commands;

/// <summary>Arguments that cannot be used; the sentence says which and what to write instead.</summary>
public sealed class CommandException(LocalText text) : Exception(text.En)
{
    public LocalText Text { get; } = text;
}
