using Xunit;

namespace CityOps.Gis.Tests.Web.Api.Ogc;

/// <summary>However a client pages, it gets the rows that SQL gives, each once and in the order of their numbers.</summary>
[Collection(nameof(OgcReading))]
public sealed class PagingTests(OgcServer server, ITestOutputHelper output)
{
    const int Questions = 20;

    static readonly (string Question, string Where)[] Parts =
    [
        ("class=01", "left(class_code, 2) = '01'"), ("class_code=0203", "class_code = '0203'"), ("district=350203", "district_code = '350203'"), ("status=破损", "status = '破损'"),
        ("filter=first_date < DATE('2020-10-01')", "first_date < '2020-10-01'"), ("name=行道树", "name = '行道树'"), ("near=118.01,24.405,500", "ST_DWithin(geom::geography, ST_SetSRID(ST_MakePoint(118.01, 24.405), 4490)::geography, 500)"),
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Random_questions_by_random_pages_give_the_rows_of_SQL(bool isInMemory)
    {
        var items = $"{(isInMemory ? await server.Live() : "")}/collections/components/items";
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var number = 0; number < Questions; number++)
        {
            var parts = Parts.Where(_ => random.Next(4) == 0).ToList();
            if (random.Next(2) == 0)
                parts.Add(random.Next(2) == 0 ? RandomBox(random) : await BoxBetweenFeatures(random));
            var question = string.Join('&', parts.Select(part => part.Question));
            var expected = (await server.Database.Rows($"select fid from gis.components where {string.Join(" and ", parts.Select(part => part.Where).Append("status <> '移除'"))} order by fid")).Select(long.Parse).ToList();
            var limit = random.Next(1, 4) switch { 1 => random.Next(20, 60), 2 => random.Next(60, 300), _ => random.Next(300, 1000) };
            output.WriteLine($"{question}: {expected.Count}, limit {limit}");
            Assert.Equal(expected, await server.All($"{items}?limit={limit}&{question}"));
            Assert.Equal(expected, await server.All($"{items}?offset=0&limit={limit}&{question}"));
            Assert.Equal(expected, await Backwards($"{items}?limit={limit}&before={long.MaxValue}&{question}"));
        }
    }

    [Fact]
    public async Task What_was_just_written_is_on_the_page_that_is_asked_for_next()
    {
        var items = await server.Live() + "/collections/cameras/items?filter=camera_id LIKE 'written%25'";
        for (var round = 0; round < 20; round++)
        {
            Assert.Empty(OgcServer.Fids(await server.Json(items)));
            var fid = await server.Database.Value<long>($"insert into gis.cameras (camera_id, name, status, geom) values ('written{round}', 'new', 'online', ST_SetSRID(ST_MakePoint(118.001, 24.405), 4490)) returning fid");
            Assert.Equal([fid], OgcServer.Fids(await server.Json(items)));
            await server.Database.Run($"delete from gis.cameras where fid = {fid}");
        }
    }

    [Fact]
    public async Task The_page_before_the_second_is_the_first()
    {
        var first = await server.Json("/collections/components/items?limit=10");
        var second = await server.Json(OgcServer.Link(first, "next")!);
        var back = await server.Json(OgcServer.Link(second, "prev")!);
        Assert.Equal(OgcServer.Fids(first), OgcServer.Fids(back));
        Assert.Equal(OgcServer.Fids(second), OgcServer.Fids(await server.Json(OgcServer.Link(back, "next")!)));
    }

    [Fact]
    public async Task The_last_page_has_no_next_page()
    {
        var page = await server.Json("/collections/cameras/items?limit=50");
        Assert.Equal(50, page.GetProperty("numberReturned").GetInt32());
        Assert.Null(OgcServer.Link(page, "next"));
        Assert.NotNull(OgcServer.Link(await server.Json("/collections/cameras/items?limit=49"), "next"));
    }

    async Task<List<long>> Backwards(string path)
    {
        var fids = new List<long>();
        for (var previous = path; previous is not null;)
        {
            var page = await server.Json(previous);
            fids.InsertRange(0, OgcServer.Fids(page));
            previous = page.GetProperty("numberReturned").GetInt32() == 0 ? null : OgcServer.Link(page, "prev");
        }
        return fids;
    }

    static (string, string) RandomBox(Random random)
    {
        var (west, south) = (118 + random.NextDouble() * 0.015, 24.4 + random.NextDouble() * 0.007);
        return Box(west, south, west + random.NextDouble() * 0.01, south + random.NextDouble() * 0.006);
    }

    // Its edges pass features by a millimetre or less, which memory cannot tell.
    async Task<(string, string)> BoxBetweenFeatures(Random random)
    {
        var at = (await server.Database.Rows("select ST_XMin(geom) || ' ' || ST_YMax(geom) from gis.components where fid % 9 = 0 order by fid")).Select(row => row.Split(' ').Select(number => double.Parse(number, System.Globalization.CultureInfo.InvariantCulture)).ToArray()).ToList();
        var (first, second) = (at[random.Next(at.Count)], at[random.Next(at.Count)]);
        double Beside(double edge) => edge + (random.Next(3) - 1) * 5e-9;
        return Box(Beside(Math.Min(first[0], second[0])), Beside(Math.Min(first[1], second[1])), Beside(Math.Max(first[0], second[0]) + 3e-8), Beside(Math.Max(first[1], second[1]) + 3e-8));
    }

    static (string, string) Box(double west, double south, double east, double north)
    {
        FormattableString box = $"{west:R},{south:R},{east:R},{north:R}";
        var text = FormattableString.Invariant(box);
        return ($"bbox={text}", $"ST_Intersects(geom, ST_MakeEnvelope({text}, 4490))");
    }
}
