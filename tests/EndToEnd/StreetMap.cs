namespace CityOps.Gis.Tests.EndToEnd;

/// <summary>The map over the city of <see cref="Streets"/>, whose features may be changed.</summary>
public sealed class StreetMap() : HostedMap(Streets.Sql, isEditable: true);
