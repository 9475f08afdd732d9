namespace CityOps.Gis.PostGis.Batches;

/// <summary>Numbers of a batch. <c>Delivered = Accepted + Refused</c> and <c>Accepted = Added + Changed + Moved + Unchanged</c>.</summary>
public sealed record BatchCounts
{
    public long Delivered { get; init; }
    public long Accepted { get; init; }

    /// <summary>Rows in quarantine.</summary>
    public long Refused { get; init; }
    public long Added { get; init; }
    public long Changed { get; init; }
    public long Moved { get; init; }
    public long Removed { get; init; }
    public long Unchanged { get; init; }

    /// <summary>Issues by code, all of them, also where only the first of them are kept singly.</summary>
    public IReadOnlyDictionary<string, long> Issues { get; init; } = new SortedDictionary<string, long>();

    /// <summary>Rows by class code; those without a class under "". Empty for layers without classes and batches of earlier versions.</summary>
    public IReadOnlyDictionary<string, ClassCount> Classes { get; init; } = new SortedDictionary<string, ClassCount>();

    /// <summary>The numbers alone, as the audit log keeps them.</summary>
    public object Figures() => new { Delivered, Accepted, Refused, Added, Changed, Moved, Removed, Unchanged };

    /// <summary>Version of the layer that the comparison was made with.</summary>
    public long ComparedVersion { get; init; }
}
