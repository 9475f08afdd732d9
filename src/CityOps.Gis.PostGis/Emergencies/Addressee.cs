namespace CityOps.Gis.PostGis.Emergencies;

/// <summary>To whom a task of an emergency is sent: a department, those who look after a unit grid, or a single person.</summary>
/// <param name="Kind"><c>department</c>, <c>grid</c> or <c>person</c>.</param>
/// <param name="Name">As people read it.</param>
public sealed record Addressee(string Kind, string Code, string Name)
{
    public const string Department = "department", Grid = "grid", Person = "person";
}
