using Xunit;

namespace CityOps.Gis.Tests.Web.Api.Ogc;

/// <summary>Tests that only read share one server.</summary>
[CollectionDefinition(nameof(OgcReading))]
public sealed class OgcReading : ICollectionFixture<OgcServer>;
