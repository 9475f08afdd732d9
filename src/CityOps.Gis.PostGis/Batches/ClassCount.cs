namespace CityOps.Gis.PostGis.Batches;

/// <summary>Rows of a class in a delivery.</summary>
public sealed record ClassCount(long Delivered, long Refused);
