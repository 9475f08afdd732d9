namespace CityOps.Gis.PostGis.SpecialTasks;

/// <summary>A line of the checklist of a special task.</summary>
/// <param name="Number">1, 2, … within the task.</param>
/// <param name="Asked">What is looked at, or done.</param>
/// <param name="ClassCode">Class of a case that is filed where it is not in order; of the list <c>event-classes</c>.</param>
public sealed record SpecialItem(int Number, string Asked, string? ClassCode, bool NeedsPhoto);
