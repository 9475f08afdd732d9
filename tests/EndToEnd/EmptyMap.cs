namespace CityOps.Gis.Tests.EndToEnd;

/// <summary>The map over a database into which nothing was imported.</summary>
public sealed class EmptyMap() : HostedMap("");
