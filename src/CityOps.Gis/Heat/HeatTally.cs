using CityOps.Gis.Queries;

namespace CityOps.Gis.Heat;

/// <summary>What an executor counts in one go; a <see cref="HeatQuestion"/> needs one, two or three of them.</summary>
/// <param name="Lattice">Null for areas.</param>
/// <param name="SumField">Number field to add up per cell.</param>
/// <param name="DistinctField">Text field whose different values are counted per cell.</param>
public sealed record HeatTally(FeatureQuery Query, HeatCellKind Cell, HeatGrid? Lattice, string? SumField = null, string? DistinctField = null, HeatSlice Slice = HeatSlice.None)
{
    /// <summary>Column whose codes are the cells; null for lattices.</summary>
    public string? AreaColumn => Cell switch
    {
        HeatCellKind.Grid => "grid_code",
        HeatCellKind.Community => "community_code",
        HeatCellKind.Subdistrict => "subdistrict_code",
        HeatCellKind.District => "district_code",
        HeatCellKind.Department => "department_code",
        _ => null,
    };
}
