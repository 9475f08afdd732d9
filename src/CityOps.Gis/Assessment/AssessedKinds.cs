namespace CityOps.Gis.Assessment;

/// <summary>What follows from what is assessed.</summary>
public static class AssessedKinds
{
    /// <summary>Is it a unit grid or an area above it?</summary>
    public static bool IsArea(this AssessedKind kind) => kind <= AssessedKind.District;

    /// <summary>Is it somebody at work?</summary>
    public static bool IsPerson(this AssessedKind kind) => kind >= AssessedKind.Collector;

    /// <summary>Whose indicators rate it: an area above the unit grid has those of grids.</summary>
    public static AssessedKind Rated(this AssessedKind kind) => kind.IsArea() ? AssessedKind.Grid : kind;
}
