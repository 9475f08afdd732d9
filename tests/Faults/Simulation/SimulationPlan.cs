namespace CityOps.Gis.Testing.Faults.Simulation;

/// <summary>How much of a city is simulated.</summary>
/// <param name="Days">By the clocks that are set.</param>
/// <param name="ReportsOfADay">By people; devices and cameras file cases beside.</param>
/// <param name="ScenesOfADay">Things that cameras see.</param>
/// <param name="StepMinutes">Clocks go on by so much at a time.</param>
public sealed record SimulationPlan(int Days, int ReportsOfADay, int Devices, int ScenesOfADay, int StepMinutes)
{
    public int Steps => Days * 24 * 60 / StepMinutes;
}
