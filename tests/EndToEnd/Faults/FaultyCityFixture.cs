using CityOps.Gis.Testing.Faults;
using Xunit;

namespace CityOps.Gis.Tests.EndToEnd.Faults;

/// <summary>One city for the tests of a class; each leaves it as it found it. Skipped where there is no PostgreSQL for tests, as all that need one.</summary>
public sealed class FaultyCityFixture : IAsyncLifetime
{
    // Enough that a check, a publication and a roll-back last long enough to be killed in their middle.
    const int Lamps = 4_400;

    FaultyCity? _city;

    public FaultyCity City
    {
        get
        {
            if (_city is null && Environment.GetEnvironmentVariable("CI") == "true")
                Assert.Fail("CITYOPS_TEST_DATABASE is not set, and CI runs every test.");
            Assert.SkipWhen(_city is null, "CITYOPS_TEST_DATABASE is not set; run ./cityops test.");
            return _city!;
        }
    }

    // The server is the city's own; the variable only says that PostgreSQL is there.
    public async ValueTask InitializeAsync()
    {
        if (!string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CITYOPS_TEST_DATABASE")))
            _city = await FaultyCity.Make(Lamps);
    }

    public async ValueTask DisposeAsync()
    {
        if (_city is not null)
            await _city.DisposeAsync();
    }
}
