namespace CityOps.Gis.Web.Pages;

/// <summary>The classes and statuses that are asked of one layer; empty = all. The codes mean something in that layer only.</summary>
/// <param name="Classes">Majors (大类) and classes (小类), in the order of their codes.</param>
/// <param name="Statuses">In the order of their codes.</param>
public sealed record LayerFilter(IReadOnlyList<string> Classes, IReadOnlyList<string> Statuses)
{
    /// <summary>Everything of a layer.</summary>
    public static readonly LayerFilter None = new([], []);

    public bool IsNone => Classes.Count + Statuses.Count == 0;

    /// <summary>Is all of a part asked for?</summary>
    /// <param name="major">The major of a class.</param>
    public bool Has(LayerPart part, string? major = null)
        => Asked(part) is var asked && (asked.Count == 0 || asked.Contains(part.Key) || (major is not null && asked.Contains(major)));

    /// <summary>Is something of a major asked for, but not all?</summary>
    public bool HasSome(LayerPart major) => !Has(major) && Classes.Any(code => code.StartsWith(major.Key, StringComparison.Ordinal));

    /// <summary>Nothing but a part.</summary>
    public LayerFilter Only(LayerPart part) => With(part, [part.Key]);

    /// <summary>Switches a part on or off. Where all are on, or the last one goes, nothing is left out.</summary>
    /// <param name="all">All parts of its kind and level: the majors, the statuses, or the classes of the major.</param>
    /// <param name="majors">All majors, where the part is a class of <paramref name="major"/>.</param>
    public LayerFilter Switch(LayerPart part, IReadOnlyList<LayerPart> all, LayerPart? major = null, IReadOnlyList<LayerPart>? majors = null)
    {
        var top = majors ?? all;
        var asked = Asked(part).Count > 0 ? Asked(part).ToHashSet() : [.. top.Select(one => one.Key)];
        if (major is not null && asked.Remove(major.Key))
            asked.UnionWith(all.Select(one => one.Key));
        if (!asked.Remove(part.Key))
            asked.Add(part.Key);
        if (major is not null && all.All(one => asked.Contains(one.Key)))
            asked = [.. asked.Except(all.Select(one => one.Key)), major.Key];
        // A major that comes back takes its classes with it.
        if (major is null && !part.IsStatus && asked.Contains(part.Key))
            asked.RemoveWhere(code => code != part.Key && code.StartsWith(part.Key, StringComparison.Ordinal));
        return With(part, top.All(one => asked.Contains(one.Key)) ? [] : [.. asked.Order(StringComparer.Ordinal)]);
    }

    public bool Equals(LayerFilter? other) => other is not null && Classes.SequenceEqual(other.Classes) && Statuses.SequenceEqual(other.Statuses);

    public override int GetHashCode() => string.Join(',', Classes.Concat(Statuses)).GetHashCode(StringComparison.Ordinal);

    IReadOnlyList<string> Asked(LayerPart part) => part.IsStatus ? Statuses : Classes;

    LayerFilter With(LayerPart part, IReadOnlyList<string> codes) => part.IsStatus ? this with { Statuses = codes } : this with { Classes = codes };
}
