namespace CityOps.Gis.Benchmarks.Circuits;

/// <summary>An element of a rendered page, or what counts as one child there: a text, a component, a piece of markup.</summary>
/// <param name="Name">Of an element; empty for the others.</param>
sealed record RenderedNode(string Name, RenderedNode? Parent)
{
    public Dictionary<string, string?> Attributes { get; } = [];

    /// <summary>Numbers of event handlers by attribute, such as <c>onclick</c>.</summary>
    public Dictionary<string, ulong> Handlers { get; } = [];
    public List<RenderedNode> Children { get; } = [];

    public IEnumerable<RenderedNode> Below() => Children.SelectMany(child => child.Below().Prepend(child));
}
