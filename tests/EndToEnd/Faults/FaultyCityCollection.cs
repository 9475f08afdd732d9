using Xunit;

namespace CityOps.Gis.Tests.EndToEnd.Faults;

/// <summary>Tests that share one city and its server, one after the other: they break both.</summary>
[CollectionDefinition(nameof(FaultyCityCollection))]
public sealed class FaultyCityCollection : ICollectionFixture<FaultyCityFixture>;
