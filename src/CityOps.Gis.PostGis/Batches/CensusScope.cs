namespace CityOps.Gis.PostGis.Batches;

/// <summary>What a delivery says about features that it does not hold.</summary>
public enum CensusScope
{
    /// <summary>Nothing: it adds and changes only.</summary>
    Update,

    /// <summary>A census of its classes in its districts: what it lacks there has been removed.</summary>
    Census,

    /// <summary>A census of the whole layer.</summary>
    WholeLayer,

    /// <summary>New features only: a key that is there already is warned of, and what is there stays as it is.</summary>
    Add,
}
