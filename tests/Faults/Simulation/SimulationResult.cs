namespace CityOps.Gis.Testing.Faults.Simulation;

/// <summary>What was found to be wrong when the days were over; all of it must be 0.</summary>
/// <param name="Lost">Readings and sightings that were not taken, or were taken twice.</param>
/// <param name="Breaches">Moves that the table does not allow, and features that do not stand as their last move says.</param>
/// <param name="Deadlines">Cases whose deadlines an independent count in SQL has otherwise.</param>
/// <param name="Scenes">Scenes that do not stand as what was sent says, or whose cases do not.</param>
/// <param name="Figures">Objects of the assessment that independent sums have otherwise.</param>
/// <param name="Counts">Counts on which lists, heat maps, tiles and SQL do not agree.</param>
public sealed record SimulationResult(int Lost, int Breaches, int Deadlines, int Scenes, int Figures, int Counts)
{
    /// <summary>Cases that moved; without any, nothing was shown.</summary>
    public required int Cases { get; init; }

    public bool IsRight => Lost + Breaches + Deadlines + Scenes + Figures + Counts == 0;
}
