namespace CityOps.Gis.PostGis.Collections;

/// <summary>
/// Where a page begins in the order of <c>fid</c>. After or before a feature costs the same however far into the layer; an offset is counted off each time and
/// is there for clients that know nothing else. Both give the same rows.
/// </summary>
public readonly record struct PageStart
{
    PageStart(long? after, long? before, long offset) => (After, Before, Offset) = (after, before, offset);

    /// <summary>The page holds the features that follow this one; null where it does not begin so.</summary>
    public long? After { get; }

    /// <summary>The page holds the features that stand directly before this one; null where it does not end so.</summary>
    public long? Before { get; }

    /// <summary>Features passed over from the beginning.</summary>
    public long Offset { get; }

    public static PageStart First => default;

    public static PageStart AfterFeature(long fid) => new(fid, null, 0);

    public static PageStart BeforeFeature(long fid) => new(null, fid, 0);

    public static PageStart At(long offset) => new(null, null, offset);
}
