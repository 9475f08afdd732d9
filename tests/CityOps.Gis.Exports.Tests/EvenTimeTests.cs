using System.Diagnostics;
using CityOps.Gis.Access;
using CityOps.Gis.Exports;
using Xunit;

namespace CityOps.Gis.Tests.Exports;

/// <summary>How long an answer took says nothing of rows that the caller does not see.</summary>
public sealed class EvenTimeTests(FilledCity city) : IClassFixture<FilledCity>
{
    [Theory]
    [InlineData(0, 50)]
    [InlineData(3.5, 46.5)]
    [InlineData(49.9, 0.1)]
    [InlineData(50, 50)]
    [InlineData(1_234, 16)]
    public void What_is_left_ends_with_the_step(double gone, double left) => Assert.Equal(left, EvenTime.Left(TimeSpan.FromMilliseconds(gone)).TotalMilliseconds, 1e-9);

    [Fact]
    public async Task A_caller_with_a_scope_hears_at_the_end_of_a_step_at_the_earliest()
    {
        var request = ExportFiles.Request("components", "csv", "");
        var exporter = new Exporter(city.Database.Source, new());
        using var _ = new Caller("manager", "manager", Role.GridManager.Permissions, new() { Districts = ["350206"] }) { Roles = [Role.GridManager.Id] }.Enter();

        var asked = Stopwatch.GetTimestamp();
        await exporter.Preview(request, TestContext.Current.CancellationToken);
        Assert.True(Stopwatch.GetElapsedTime(asked) >= EvenTime.Step);

        asked = Stopwatch.GetTimestamp();
        await using var export = await exporter.Open(request, TestContext.Current.CancellationToken);
        Assert.True(Stopwatch.GetElapsedTime(asked) >= EvenTime.Step);
        await export.Write(new MemoryStream(), "manager", TestContext.Current.CancellationToken);
        Assert.True(Stopwatch.GetElapsedTime(asked) >= 2 * EvenTime.Step);
    }
}
