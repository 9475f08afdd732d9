namespace CityOps.Gis.PostGis.Cases;

/// <summary>An open case on the board.</summary>
/// <param name="Moves">Number of its last move: whoever moves it from here has seen that one.</param>
/// <param name="OpenParts">How many departments are still at their part.</param>
/// <param name="LikelyDepartment">Code of whom a filed case falls to: as stamped, else by its class; null where nothing says so, and at other stages.</param>
public sealed record BoardCase(CaseTask Task, string? ClassCode, string? Department, int Moves, int OpenParts, string? LikelyDepartment)
{
    public long Fid => Task.Fid;
}
