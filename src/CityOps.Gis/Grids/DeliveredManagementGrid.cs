namespace CityOps.Gis.Grids;

/// <summary>A management grid (管理网格) as delivered: the unit grids that one grid worker looks after.</summary>
/// <param name="Row">Row number in its layer, from 1.</param>
public sealed record DeliveredManagementGrid(long Row, string? Code, IReadOnlyList<string> GridCodes, string? ParentCode = null);
