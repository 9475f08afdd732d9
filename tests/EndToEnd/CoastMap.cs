using CityOps.Gis.Tests.EndToEnd;
using Xunit;

[assembly: AssemblyFixture(typeof(CoastMap))]

namespace CityOps.Gis.Tests.EndToEnd;

/// <summary>The map over the city of <see cref="Coast"/>. All classes that only look at it share one; those that write, or stop its host, take one of their own.</summary>
public sealed class CoastMap() : HostedMap(Coast.Sql);
