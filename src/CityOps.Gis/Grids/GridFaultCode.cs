namespace CityOps.Gis.Grids;

/// <summary>Faults of delivered grids. The names are those of the importer's issue codes.</summary>
public enum GridFaultCode
{
    GridNotClosedOrInvalid, GridOverlap, GridGap, GridAreaOutOfRange,
    GridNumbering, GridOutsideCommunity,
    ManagementGridSize, ManagementGridNotAdjoining, ParentUnknown,
}
