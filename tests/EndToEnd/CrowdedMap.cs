namespace CityOps.Gis.Tests.EndToEnd;

/// <summary>The map over the city of <see cref="Crowd"/>.</summary>
public sealed class CrowdedMap() : HostedMap(Crowd.Sql);
