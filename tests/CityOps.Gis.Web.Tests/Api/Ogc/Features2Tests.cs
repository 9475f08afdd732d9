using System.Text.Json;
using CityOps.Gis.Web.Api.Ogc;
using Xunit;

namespace CityOps.Gis.Tests.Web.Api.Ogc;

/// <summary>The abstract tests of OGC API Features part 2 (18-058r1, annex A), each under its number. <see cref="CrsTests"/> holds the numbers against PROJ.</summary>
[Collection(nameof(OgcReading))]
public sealed class Features2Tests(OgcServer server)
{
    const string Items = "/collections/components/items";

    public static TheoryData<string> Systems => [.. OgcCrs.All.Select(crs => crs.Uri)];

    [Fact(DisplayName = "/conf/crs/crs-uri: every reference system is named by a URI of OGC's form")]
    public async Task CrsUri()
    {
        var collections = await server.Json("/collections");
        var named = collections.GetProperty("collections").EnumerateArray().Where(one => one.TryGetProperty("crs", out _))
            .SelectMany(one => one.GetProperty("crs").EnumerateArray().Select(crs => crs.GetString()!).Append(one.GetProperty("storageCrs").GetString()!))
            .Concat(collections.GetProperty("crs").EnumerateArray().Select(crs => crs.GetString()!)).Distinct().ToList();
        Assert.Equal(OgcCrs.All.Count, named.Count);
        Assert.All(named, uri => Assert.Matches(@"^http://www\.opengis\.net/def/crs/(EPSG/0/\d+|OGC/1\.3/CRS84)$", uri));
    }

    [Fact(DisplayName = "/conf/crs/default-crs: the default system is in the list of every collection")]
    public async Task DefaultCrs()
        => Assert.All((await Placed()).Select(one => one.GetProperty("crs")), crs => Assert.Contains(OgcCrs.Crs84.Uri, crs.EnumerateArray().Select(one => one.GetString())));

    [Fact(DisplayName = "/conf/crs/storageCrs: the system of storage is in the list of every collection")]
    public async Task StorageCrs()
        => Assert.All(await Placed(), one => Assert.Contains(one.GetProperty("storageCrs").GetString(), one.GetProperty("crs").EnumerateArray().Select(crs => crs.GetString())));

    [Theory(DisplayName = "/conf/crs/crs-parameter: items and single features come in every system, and say so")]
    [MemberData(nameof(Systems))]
    public async Task CrsParameter(string uri)
    {
        var fid = OgcServer.Fids(await server.Json($"{Items}?limit=1"))[0];
        foreach (var path in new[] { $"{Items}?limit=5&crs={uri}", $"{Items}/{fid}?crs={uri}" })
        {
            using var response = await server.Get("/ogc" + path);
            Assert.Equal((200, $"<{uri}>", "application/geo+json"), ((int)response.StatusCode, response.Headers.GetValues("Content-Crs").Single(), response.Content.Headers.ContentType?.MediaType));
        }
    }

    [Fact(DisplayName = "/conf/crs/crs-parameter-default: without a system it is CRS84")]
    public async Task CrsParameterDefault()
    {
        using var response = await server.Get("/ogc" + Items + "?limit=5");
        Assert.Equal($"<{OgcCrs.Crs84.Uri}>", response.Headers.GetValues("Content-Crs").Single());
        Assert.Equal(Geometries(await server.Json($"{Items}?limit=5&crs={OgcCrs.Crs84.Uri}")), Geometries(await server.Json($"{Items}?limit=5")));
    }

    [Fact(DisplayName = "/conf/crs/crs-parameter-invalid: a system that is not offered is a 400")]
    public async Task CrsParameterInvalid() => Assert.Equal(400, (await server.Refusal($"{Items}?crs=http://www.opengis.net/def/crs/OGC/0/does_not_exist")).Status);

    [Theory(DisplayName = "/conf/crs/crs-parameter-transform: the features are the same ones in every system")]
    [MemberData(nameof(Systems))]
    public async Task CrsParameterTransform(string uri)
    {
        var (plain, other) = (await server.Json($"{Items}?limit=20"), await server.Json($"{Items}?limit=20&crs={uri}"));
        Assert.Equal(OgcServer.Fids(plain), OgcServer.Fids(other));
        Assert.Equal(uri == OgcCrs.Crs84.Uri, Geometries(plain) == Geometries(other));
    }

    [Theory(DisplayName = "/conf/crs/bbox-crs-parameter: a box finds the same features in every system")]
    [MemberData(nameof(Systems))]
    public async Task BboxCrsParameter(string uri)
    {
        // Far enough from any feature that a rectangle turned by a fraction of a degree holds the same ones.
        var output = OgcCrs.Find(uri)!.Output;
        var ((west, south), (east, north)) = ((117.9, 24.3), (118.2, 24.5));
        var (low, high) = (output.Transform?.Apply(west, south) ?? (west, south), output.Transform?.Apply(east, north) ?? (east, north));
        var box = output.IsNorthFirst ? FormattableString.Invariant($"{low.Item2:R},{low.Item1:R},{high.Item2:R},{high.Item1:R}") : FormattableString.Invariant($"{low.Item1:R},{low.Item2:R},{high.Item1:R},{high.Item2:R}");
        Assert.Equal(OgcServer.Fids(await server.Json($"{Items}?limit=1000&bbox=117.9,24.3,118.2,24.5")), OgcServer.Fids(await server.Json($"{Items}?limit=1000&bbox={box}&bbox-crs={uri}")));
    }

    [Fact(DisplayName = "/conf/crs/bbox-crs-parameter-default: without a system a box is in CRS84")]
    public async Task BboxCrsParameterDefault()
        => Assert.Equal(OgcServer.Fids(await server.Json($"{Items}?limit=1000&bbox=118,24.4,118.01,24.41&bbox-crs={OgcCrs.Crs84.Uri}")), OgcServer.Fids(await server.Json($"{Items}?limit=1000&bbox=118,24.4,118.01,24.41")));

    [Fact(DisplayName = "/conf/crs/bbox-crs-parameter-invalid: a box in a system that is not offered is a 400")]
    public async Task BboxCrsParameterInvalid() => Assert.Equal(400, (await server.Refusal($"{Items}?bbox=118,24.4,118.01,24.41&bbox-crs=http://www.opengis.net/def/crs/OGC/0/does_not_exist")).Status);

    static string Geometries(JsonElement page) => string.Join(';', page.GetProperty("features").EnumerateArray().Select(feature => feature.GetProperty("geometry").GetRawText()));

    async Task<List<JsonElement>> Placed() => [.. (await server.Json("/collections")).GetProperty("collections").EnumerateArray().Where(one => one.TryGetProperty("storageCrs", out _))];
}
