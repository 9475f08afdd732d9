namespace CityOps.Gis.Cases;

/// <summary>How the part of a called department stands.</summary>
public enum PartState
{
    /// <summary>Called, has not answered.</summary>
    Asked,

    /// <summary>At work.</summary>
    Accepted,

    /// <summary>Says that it is not its own.</summary>
    Refused,
    Done,

    /// <summary>Not needed any more.</summary>
    Withdrawn,
}
