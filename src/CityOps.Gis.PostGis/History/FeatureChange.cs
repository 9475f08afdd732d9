using CityOps.Gis.Features;

namespace CityOps.Gis.PostGis.History;

/// <summary>A step in the life of a feature.</summary>
/// <param name="At">When the new version began, or the last one ended.</param>
/// <param name="BatchId">The import that brought it; null for a single edit.</param>
/// <param name="Version">The feature after the step; of one that went, as it stood last.</param>
/// <param name="Fields">What is otherwise than before; empty where the feature came or went.</param>
/// <param name="Move">Null where the geometry stayed.</param>
public sealed record FeatureChange(ChangeKind Kind, DateTimeOffset At, long? BatchId, Feature Version, IReadOnlyList<FieldChange> Fields, FeatureMove? Move)
{
    /// <summary>Who did it, or published the import that did; null where nobody had signed in or it was done at the console.</summary>
    public string? Who { get; init; }
}
