using System.Diagnostics;
using System.Globalization;
using System.Net;
using CityOps.Gis.Web.Api.Ogc;
using Xunit;

namespace CityOps.Gis.Tests.Web.Api.Ogc;

/// <summary>Coordinates in every reference system of the API, held against PROJ.</summary>
[Collection(nameof(OgcReading))]
public sealed class CrsTests(OgcServer server)
{
    public static TheoryData<string, double> Systems => new()
    {
        { "http://www.opengis.net/def/crs/EPSG/0/4490", 1e-9 }, { "http://www.opengis.net/def/crs/EPSG/0/4326", 1e-9 },
        { "http://www.opengis.net/def/crs/EPSG/0/3857", 0.001 }, { "http://www.opengis.net/def/crs/EPSG/0/4548", 0.001 }, { "http://www.opengis.net/def/crs/EPSG/0/4527", 0.001 },
    };

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task Positions_are_those_of_cs2cs_in_the_order_of_the_authority(string uri, double tolerance)
    {
        var stored = await server.Json("/collections/cameras/items");
        using var response = await server.Get($"/ogc/collections/cameras/items?crs={uri}");
        var asked = System.Text.Json.JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;

        Assert.Equal($"<{uri}>", response.Headers.GetValues("Content-Crs").Single());
        var expected = Cs2cs(Positions(stored), "EPSG:" + uri.Split('/')[^1]);
        foreach (var (ours, theirs) in Positions(asked).Zip(expected))
            Assert.True(Math.Abs(ours.First - theirs.First) <= tolerance && Math.Abs(ours.Second - theirs.Second) <= tolerance, $"{ours} is not {theirs}");
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task A_box_in_any_system_finds_what_the_rectangle_holds(string uri, double tolerance)
    {
        _ = tolerance;
        var epsg = int.Parse(uri.Split('/')[^1], CultureInfo.InvariantCulture);
        var corners = Cs2cs([(118.0041, 24.4021), (118.0149, 24.4079)], $"EPSG:{epsg}");
        var bbox = FormattableString.Invariant($"{corners[0].First:R},{corners[0].Second:R},{corners[1].First:R},{corners[1].Second:R}");
        // PostGIS stores planes with the easting first.
        var isNorthFirst = epsg is 4490 or 4326 or 4548 or 4527;
        var (low, high) = isNorthFirst ? (Swapped(corners[0]), Swapped(corners[1])) : (corners[0], corners[1]);
        var expected = (await server.Database.Rows(FormattableString.Invariant($"""
            select fid from gis.components where status <> '移除' and ST_Intersects(ST_Transform(geom, {epsg}), ST_MakeEnvelope({low.First:R}, {low.Second:R}, {high.First:R}, {high.Second:R}, {epsg})) order by fid
            """))).Select(long.Parse).ToList();

        Assert.True(expected.Count > 50, $"{expected.Count} features");
        Assert.Equal(expected, OgcServer.Fids(await server.Json($"/collections/components/items?limit=1000&bbox={bbox}&bbox-crs={uri}")));
        Assert.Equal(expected, OgcServer.Fids(await server.Json($"/collections/components/items?limit=1000&filter=S_INTERSECTS(geom, BBOX({bbox}))&filter-crs={uri}")));
        var json = $$"""{"op":"s_intersects","args":[{"property":"geom"},{"bbox":[{{bbox}}]}]}""";
        Assert.Equal(expected, OgcServer.Fids(await server.Json($"/collections/components/items?limit=1000&filter={Uri.EscapeDataString(json)}&filter-lang=cql2-json&filter-crs={uri}")));
    }

    [Fact]
    public async Task A_filter_in_another_system_leaves_texts_alone_and_brings_every_place_over()
    {
        var at = Cs2cs([(118.0041, 24.4021), (118.0149, 24.4021), (118.0149, 24.4079)], "EPSG:4548");
        var ring = string.Join(", ", at.Append(at[0]).Select(one => FormattableString.Invariant($"{one.First:R} {one.Second:R}")));
        var inPlane = OgcServer.Fids(await server.Json($"/collections/components/items?limit=1000&filter=name <> 'POINT(1 2)' AND S_INTERSECTS(geom, POLYGON(({ring})))&filter-crs=http://www.opengis.net/def/crs/EPSG/0/4548"));
        var inDegrees = OgcServer.Fids(await server.Json("/collections/components/items?limit=1000&filter=S_INTERSECTS(geom, POLYGON((118.0041 24.4021, 118.0149 24.4021, 118.0149 24.4079, 118.0041 24.4021)))"));
        Assert.True(inDegrees.Length > 30);
        Assert.Equal(inDegrees, inPlane);
    }

    [Fact]
    public async Task A_single_feature_and_a_collection_tell_their_systems()
    {
        var collection = await server.Json("/collections/cameras");
        Assert.Equal(OgcCrs.All.Select(crs => crs.Uri), collection.GetProperty("crs").EnumerateArray().Select(crs => crs.GetString()));
        Assert.Equal("http://www.opengis.net/def/crs/EPSG/0/4490", collection.GetProperty("storageCrs").GetString());
        var fid = OgcServer.Fids(await server.Json("/collections/cameras/items?limit=1"))[0];
        using var plain = await server.Get($"/ogc/collections/cameras/items/{fid}");
        using var plane = await server.Get($"/ogc/collections/cameras/items/{fid}?crs=http://www.opengis.net/def/crs/EPSG/0/4548");
        Assert.Equal("<http://www.opengis.net/def/crs/OGC/1.3/CRS84>", plain.Headers.GetValues("Content-Crs").Single());
        Assert.Equal("<http://www.opengis.net/def/crs/EPSG/0/4548>", plane.Headers.GetValues("Content-Crs").Single());
        Assert.NotEqual(plain.Headers.ETag, plane.Headers.ETag);
    }

    [Theory]
    [InlineData("crs")]
    [InlineData("bbox-crs")]
    [InlineData("filter-crs")]
    public async Task A_system_that_is_not_offered_is_refused(string name)
    {
        using var response = await server.Get($"/ogc/collections/cameras/items?{name}=http://www.opengis.net/def/crs/EPSG/0/2436");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    static (double First, double Second) Swapped((double First, double Second) at) => (at.Second, at.First);

    static List<(double First, double Second)> Positions(System.Text.Json.JsonElement page)
        => [.. page.GetProperty("features").EnumerateArray().Select(feature => feature.GetProperty("geometry").GetProperty("coordinates")).Select(at => (at[0].GetDouble(), at[1].GetDouble()))];

    /// <summary>Longitude and latitude brought to a system by PROJ, in its axis order.</summary>
    static List<(double First, double Second)> Cs2cs(List<(double Longitude, double Latitude)> positions, string to)
    {
        using var process = Process.Start(new ProcessStartInfo("cs2cs", ["-f", "%.12f", "EPSG:4490", to]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        foreach (var (longitude, latitude) in positions)
            process.StandardInput.WriteLine(FormattableString.Invariant($"{latitude:R} {longitude:R}"));
        process.StandardInput.Close();
        var lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        return [.. lines.Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Select(parts => (double.Parse(parts[0], CultureInfo.InvariantCulture), double.Parse(parts[1], CultureInfo.InvariantCulture)))];
    }
}
