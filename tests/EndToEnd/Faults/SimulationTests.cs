using CityOps.Gis.Testing.Faults;
using CityOps.Gis.Testing.Faults.Simulation;
using Xunit;

namespace CityOps.Gis.Tests.EndToEnd.Faults;

/// <summary>A short day of the city that <c>./cityops bench simulation</c> has three of.</summary>
[Collection(nameof(FaultyCityCollection))]
public sealed class SimulationTests(ITestOutputHelper output)
{
    [Fact]
    public async Task After_a_day_of_people_devices_and_cameras_everything_agrees_with_itself_and_with_SQL()
    {
        Assert.False(FakeClock.Library is null && Environment.GetEnvironmentVariable("CI") == "true", "libfaketime is not installed, and CI runs every test.");
        Assert.SkipWhen(FakeClock.Library is null, "libfaketime is not installed; run ./cityops test.");
        var result = await SimulatedDays.Run(new(Days: 1, ReportsOfADay: 40, Devices: 25, ScenesOfADay: 40, StepMinutes: 90), output.WriteLine);
        Assert.Equal(new(0, 0, 0, 0, 0, 0) { Cases = result.Cases }, result);
        Assert.InRange(result.Cases, 30, 200);
    }
}
