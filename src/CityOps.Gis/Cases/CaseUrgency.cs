namespace CityOps.Gis.Cases;

/// <summary>How a case stands to the time limit of its stage.</summary>
public enum CaseUrgency
{
    /// <summary>Nothing runs: closed, void or hung up.</summary>
    None,
    InTime,

    /// <summary>Four fifths of the time are used up.</summary>
    Warning,
    Overdue,
}
