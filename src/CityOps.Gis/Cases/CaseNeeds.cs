namespace CityOps.Gis.Cases;

/// <summary>What a move cannot do without.</summary>
[Flags]
public enum CaseNeeds
{
    None = 0,

    /// <summary>A sentence that says why, or what was found.</summary>
    Note = 1,

    /// <summary>At least one photo.</summary>
    Photo = 2,

    /// <summary>The department that shall handle it.</summary>
    Department = 4,

    /// <summary>How much more time, in working minutes.</summary>
    Delay = 8,
}
