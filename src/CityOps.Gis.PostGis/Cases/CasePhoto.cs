namespace CityOps.Gis.PostGis.Cases;

/// <summary>A photo that is kept with a move; its bytes <see cref="CaseHistory.Photo"/> gives.</summary>
/// <param name="Width">Pixels.</param>
public readonly record struct CasePhoto(Guid Id, int Width, int Height);
