namespace CityOps.Gis.PostGis.Assessment;

/// <summary>Somebody's place among those who are rated in the same kind of work.</summary>
public readonly record struct OwnPlace(int Place, int Of);
