using CityOps.Gis.Crs;
using CityOps.Gis.Testing;
using Xunit;

namespace CityOps.Gis.Tests.PostGis.Queries;

public sealed class GeodesicTests(PostGisDatabase database) : IClassFixture<PostGisDatabase>
{
    const int Seed = 20261125;

    [Fact]
    public async Task Distances_are_PostGISs_to_a_tenth_of_a_millimetre()
    {
        var random = new Random(Seed);
        var pairs = Enumerable.Range(0, 2_000).Select(_ =>
        {
            var (x, y, reach) = (random.NextDouble() * 360 - 180, random.NextDouble() * 160 - 80, Math.Pow(10, random.NextDouble() * 6 - 6));
            return (X: x, Y: y, X2: Math.IEEERemainder(x + (random.NextDouble() - 0.5) * reach, 360), Y2: y + (random.NextDouble() - 0.5) * reach);
        }).ToList();
        await using var command = database.Source.CreateCommand("""
            select ST_Distance(ST_SetSRID(ST_MakePoint(a, b), 4490)::geography, ST_SetSRID(ST_MakePoint(c, d), 4490)::geography)
            from unnest($1, $2, $3, $4) with ordinality as pair(a, b, c, d, at) order by at
            """);
        foreach (var values in new[] { pairs.Select(one => one.X), pairs.Select(one => one.Y), pairs.Select(one => one.X2), pairs.Select(one => one.Y2) })
            command.Parameters.Add(new() { Value = values.ToArray() });
        await using var reader = await command.ExecuteReaderAsync();
        foreach (var (x, y, x2, y2) in pairs)
        {
            Assert.True(await reader.ReadAsync());
            Assert.Equal(reader.GetDouble(0), Geodesic.Meters(x, y, x2, y2), 0.0001);
        }
    }
}
