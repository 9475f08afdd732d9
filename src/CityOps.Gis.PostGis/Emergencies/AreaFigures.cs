namespace CityOps.Gis.PostGis.Emergencies;

/// <summary>What is counted in an area, within the scope of who asks.</summary>
/// <param name="Overdue">Of the open cases.</param>
/// <param name="Devices">By state; those that have never reported under an empty one.</param>
/// <param name="Alarms">That are raised and not cleared.</param>
/// <param name="Cameras">By state.</param>
/// <param name="Components">By class code, the commonest first.</param>
/// <param name="Grids">Unit grids that the area touches.</param>
public sealed record AreaFigures(
    long OpenCases, long Overdue, IReadOnlyDictionary<string, long> Devices, long Alarms, IReadOnlyDictionary<string, long> Cameras, IReadOnlyDictionary<string, long> Components, long Grids);
