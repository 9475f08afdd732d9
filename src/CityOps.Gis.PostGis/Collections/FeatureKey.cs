namespace CityOps.Gis.PostGis.Collections;

/// <summary>What a feature's row is found by: its number, and the district whose partition holds it (part of the primary key of layers that are partitioned).</summary>
public readonly record struct FeatureKey(long Fid, string District);
