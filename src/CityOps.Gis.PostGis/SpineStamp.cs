namespace CityOps.Gis.PostGis;

/// <summary>What the spine of a day depends on: the versions of its layers, which only grow, added up, and the day, on which areas begin and end.</summary>
readonly record struct SpineStamp(long Version, DateOnly Day);
