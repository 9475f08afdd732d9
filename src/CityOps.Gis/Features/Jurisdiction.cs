namespace CityOps.Gis.Features;

/// <summary>Where a feature belongs, as <c>assign_jurisdiction</c> stamped it. A level is null where no boundary holds the place; the district is then <c>000000</c>.</summary>
public sealed record Jurisdiction(string? Grid, string? Community, string? Subdistrict, string District, string? Department)
{
    /// <summary>District code of features outside every boundary.</summary>
    public const string NoDistrict = "000000";
}
