namespace CityOps.Gis.Layers;

/// <summary>What the features of an aggregated cell are counted by, beside all together.</summary>
public enum CountBy
{
    None,
    /// <summary>The two leading digits of the class (major, 大类).</summary>
    Major,
    Status,
}
