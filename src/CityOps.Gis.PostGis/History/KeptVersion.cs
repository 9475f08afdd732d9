using CityOps.Gis.Features;

namespace CityOps.Gis.PostGis.History;

/// <summary>A version of a feature and, where it is not the present one, how it ended.</summary>
sealed record KeptVersion(Feature Feature, DateTimeOffset? Until, string? Change, long? ClosedByBatch)
{
    /// <summary>The kind of change that ended it.</summary>
    public ChangeKind End => Enum.TryParse<ChangeKind>(Change, ignoreCase: true, out var kind) ? kind : ChangeKind.Changed;
}
