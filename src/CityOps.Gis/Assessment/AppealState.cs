namespace CityOps.Gis.Assessment;

/// <summary>How an appeal (申诉) stands; stored and in addresses as <see cref="Cases.CaseCodes"/> writes it.</summary>
public enum AppealState
{
    Open,

    /// <summary>What it is about counts no longer.</summary>
    Accepted,
    Rejected,

    /// <summary>Taken back by who made it before anybody answered.</summary>
    Withdrawn,
}
