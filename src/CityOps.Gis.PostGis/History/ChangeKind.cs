namespace CityOps.Gis.PostGis.History;

/// <summary>What became of a feature, in the words of <c>gis.&lt;layer&gt;_history.change</c> and of a census.</summary>
public enum ChangeKind
{
    Added,
    Changed,
    Moved,

    /// <summary>Taken out by a census, or given the layer's state for removed features.</summary>
    Removed,

    /// <summary>Taken out singly, from a layer without such a state.</summary>
    Deleted,
}
