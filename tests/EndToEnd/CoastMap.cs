namespace CityOps.Gis.Tests.EndToEnd;

/// <summary>The map over the city of <see cref="Coast"/>.</summary>
public sealed class CoastMap() : HostedMap(Coast.Sql);
