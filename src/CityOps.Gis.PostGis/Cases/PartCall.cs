namespace CityOps.Gis.PostGis.Cases;

/// <summary>A department that somebody wants to call to a case.</summary>
/// <param name="Department">Its code.</param>
/// <param name="Asked">What it shall do.</param>
/// <param name="WorkingMinutes">How much working time it has.</param>
public sealed record PartCall(string Department, string Asked, int WorkingMinutes)
{
    /// <summary>A sender that may send twice names each call once: the second time it gets the part of the first.</summary>
    public Guid? Token { get; init; }
}
