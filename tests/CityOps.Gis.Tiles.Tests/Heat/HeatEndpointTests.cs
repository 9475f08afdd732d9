using System.Globalization;
using System.Net;
using System.Text.Json;
using CityOps.Gis.Heat;
using CityOps.Gis.PostGis;
using CityOps.Gis.Queries;
using CityOps.Gis.Testing;
using CityOps.Gis.Tests.Tiles.Serving;
using CityOps.Gis.Tiles.Following;
using CityOps.Gis.Tiles.Heat;
using CityOps.Gis.Tiles.Snapshots;
using CityOps.Gis.Tiling;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SkiaSharp;
using Xunit;

namespace CityOps.Gis.Tests.Tiles.Heat;

public sealed class HeatEndpointTests(HeatServer server) : IClassFixture<HeatServer>
{
    const string Components = "/heat/components?cell=square&size=1000";

    [Fact]
    public async Task The_answer_says_what_was_asked_who_answered_and_adds_up_to_the_count()
    {
        var answer = await server.Json(Components + "&district=350203");
        var expected = await new FeatureStore(server.Layer.Source).Count(PostGisDatabase.Catalog.Find("components")!, new("components") { Districts = ["350203"] });
        Assert.Equal("cell=square&size=1000&parallel=24.5&measure=count&district=350203", answer.GetProperty("question").GetString());
        Assert.Equal("snapshot", answer.GetProperty("executor").GetString());
        Assert.Equal(expected, answer.GetProperty("total").GetInt64());
        Assert.Equal(expected, Cells(answer).Sum(cell => cell.GetProperty("count").GetInt64()) + answer.GetProperty("outside").GetInt64());
        Assert.Equal("sql", (await server.Json("/heat/cameras?cell=hexagon&size=2000")).GetProperty("executor").GetString());
    }

    [Theory]
    [InlineData("filter=status%3D'完好'%20AND%20fid%253%3D1", "snapshot")]
    [InlineData("polygon=POLYGON((118.02 24.42,118.18 24.44,118.1 24.58,118.02 24.42))", "snapshot")]
    [InlineData("q=部件 1", "snapshot")]
    [InlineData("near=118.1,24.5,3000", "sql")]
    [InlineData("as-of=2100-01-01", "sql")]
    public async Task Any_question_may_be_counted_by_cells(string asked, string executor)
    {
        var components = PostGisDatabase.Catalog.Find("components")!;
        var (query, faults) = FeatureQueryText.Parse(components, [new(asked.Split('=', 2)[0], Uri.UnescapeDataString(asked.Split('=', 2)[1]))]);
        var answer = await server.Json($"{Components}&{FeatureQueryText.Format(query)}");

        Assert.Empty(faults);
        Assert.Equal(await new FeatureStore(server.Layer.Source).Count(components, query), answer.GetProperty("total").GetInt64());
        Assert.Equal(executor, answer.GetProperty("executor").GetString());
        Assert.Contains(FeatureQueryText.Format(query), answer.GetProperty("question").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hour", "extract(hour from occurred_at at time zone 'UTC' + interval '8 hours')::int::text")]
    [InlineData("weekday", "extract(isodow from occurred_at at time zone 'UTC' + interval '8 hours')::int::text")]
    [InlineData("month", "to_char(occurred_at at time zone 'UTC' + interval '8 hours', 'YYYY-MM')")]
    public async Task Slices_shown_one_after_the_other_are_SQLs_counts_in_colours_that_stay(string kind, string slice)
    {
        var expected = (await server.Layer.Database.Rows($"""
            select {slice} || ' ' || district_code || ' ' || count(*) from gis.components
            where occurred_at is not null and status is distinct from '移除' and district_code <> '000000' group by {slice}, district_code order by 1
            """)).Select(row => row.Split(' ')).GroupBy(row => row[0]).ToList();
        var legends = new HashSet<string>();
        foreach (var one in expected)
        {
            var answer = await server.Json($"/heat/components?cell=district&slice={kind}&at={one.Key}");
            Assert.Equal(one.ToDictionary(row => row[1], row => long.Parse(row[2], CultureInfo.InvariantCulture)), Cells(answer).ToDictionary(cell => cell.GetProperty("id").GetString()!, cell => cell.GetProperty("count").GetInt64()));
            Assert.Equal(one.Sum(row => long.Parse(row[2], CultureInfo.InvariantCulture)), answer.GetProperty("total").GetInt64());
            legends.Add(answer.GetProperty("legend").GetRawText());
        }
        Assert.InRange(expected.Count, 5, 400);
        Assert.Single(legends);
    }

    [Fact]
    public async Task Classes_begin_where_the_question_says()
    {
        var answer = await server.Json(Components + "&breaks=2,10.5,40");
        Assert.Equal([2, 10.5, 40], answer.GetProperty("legend").GetProperty("breaks").EnumerateArray().Select(one => one.GetDouble()));
        foreach (var cell in Cells(answer))
            Assert.Equal(new[] { 2, 10.5, 40 }.Count(one => one <= cell.GetProperty("value").GetDouble()), cell.GetProperty("class").GetInt32());
    }

    [Fact]
    public async Task Density_is_the_count_over_the_cells_area()
    {
        foreach (var cell in Cells(await server.Json(Components + "&measure=density&bbox=118,24.4,118.2,24.6")))
            Assert.Equal(cell.GetProperty("count").GetInt64(), cell.GetProperty("value").GetDouble(), 0.01 * cell.GetProperty("count").GetInt64());
        var district = Cells(await server.Json("/heat/components?cell=district&measure=density")).First(cell => cell.GetProperty("id").GetString() == "350201");
        var squareMeters = await server.Layer.Database.Value<double>("select ST_Area(ST_Segmentize(ST_Transform(geom, 4326), 0.001)::geography) from gis.districts where code = '350201'");
        Assert.Equal(district.GetProperty("count").GetInt64() / squareMeters * 1e6, district.GetProperty("value").GetDouble(), 1e-3);
        Assert.Equal("湖里区", district.GetProperty("name").GetString());
    }

    [Fact]
    public async Task Slices_add_up_to_the_count_of_each_cell_and_are_told_in_Beijing_time()
    {
        foreach (var slice in new[] { "hour", "weekday", "day", "month" })
            foreach (var cell in Cells(await server.Json($"/heat/components?cell=district&slice={slice}")))
                Assert.Equal(cell.GetProperty("count").GetInt64(), cell.GetProperty("slices").EnumerateObject().Sum(one => one.Value.GetInt64()));
        var months = Cells(await server.Json("/heat/components?cell=district&slice=month&district=350202"))[0].GetProperty("slices");
        Assert.Equal(await server.Layer.Database.Value<long>("select count(*) from gis.components where district_code = '350202' and status is distinct from '移除' and to_char(occurred_at at time zone 'Asia/Shanghai', 'YYYY-MM') = '2024-02'"), months.GetProperty("2024-02").GetInt64());
    }

    [Fact]
    public async Task Two_periods_are_compared_cell_by_cell()
    {
        const string first = "from=2024-01-01&to=2024-02-01", second = "from2=2024-02-01&to2=2024-03-01";
        var one = Counts(await server.Json($"{Components}&{first}"));
        var other = Counts(await server.Json($"{Components}&from=2024-02-01&to=2024-03-01"));
        foreach (var cell in Cells(await server.Json($"{Components}&{first}&{second}&compare=difference")))
            Assert.Equal(one.GetValueOrDefault(Id(cell)) - other.GetValueOrDefault(Id(cell)), cell.GetProperty("value").GetDouble());
        var ratios = Cells(await server.Json($"{Components}&{first}&{second}&compare=ratio"));
        Assert.Equal(one.Keys.Union(other.Keys).Count(), ratios.Count);
        foreach (var cell in ratios)
            if (other.TryGetValue(Id(cell), out var divisor))
                Assert.Equal(one.GetValueOrDefault(Id(cell)) / divisor, cell.GetProperty("value").GetDouble(), 1e-9);
            else
                Assert.Equal(JsonValueKind.Null, cell.GetProperty("value").ValueKind);
    }

    [Fact]
    public async Task Two_layers_are_compared_and_one_is_divided_by_the_other()
    {
        var (cameras, components) = (Counts(await server.Json("/heat/cameras?cell=district")), Counts(await server.Json("/heat/components?cell=district&class=01")));
        foreach (var cell in Cells(await server.Json("/heat/cameras?cell=district&compare=difference&layer2=components&class2=01")))
            Assert.Equal(cameras.GetValueOrDefault(Id(cell)) - components.GetValueOrDefault(Id(cell)), cell.GetProperty("value").GetDouble());
        foreach (var cell in Cells(await server.Json("/heat/cameras?cell=district&measure=per&per=components&perclass=01")))
            Assert.Equal(cameras[Id(cell)] / components[Id(cell)], cell.GetProperty("value").GetDouble(), 1e-9);
    }

    [Fact]
    public async Task Sums_means_and_different_values_are_those_of_SQL()
    {
        async Task Check(string parameters, string sql)
        {
            var expected = (await server.Layer.Database.Rows($"select district_code, {sql} group by district_code")).ToDictionary(row => row.Split('|')[0], row => double.Parse(row.Split('|')[1], CultureInfo.InvariantCulture));
            foreach (var cell in Cells(await server.Json(parameters)))
                Assert.Equal(expected[Id(cell)], cell.GetProperty("value").GetDouble(), 1e-6);
        }
        await Check("/heat/cameras?cell=district&measure=sum&field=direction", "sum(direction) from gis.cameras");
        await Check("/heat/cameras?cell=district&measure=mean&field=direction", "avg(direction) from gis.cameras");
        await Check("/heat/components?cell=district&measure=distinct&field=class_code", "count(distinct class_code) from gis.components where status is distinct from '移除'");
    }

    [Fact]
    public async Task Breaks_are_quantiles_of_all_cells_and_the_same_in_every_format_and_tile()
    {
        var answer = await server.Json(Components + "&measure=density");
        var values = Cells(answer).Select(cell => cell.GetProperty("value").GetDouble()).Order().ToList();
        var breaks = answer.GetProperty("legend").GetProperty("breaks").EnumerateArray().Select(one => one.GetDouble()).ToList();
        Assert.Equal(6, breaks.Count);
        for (var at = 0; at < breaks.Count; at++)
            // At the quantile, or at the lowest of the values that are as good as equal to it.
            Assert.True(values.Contains(breaks[at]) && values[(at + 1) * values.Count / 7] is var quantile && breaks[at] <= quantile && breaks[at] >= quantile * 0.98, $"Break {at} is {breaks[at]}.");
        foreach (var zoom in new[] { 11, 14 })
            foreach (var feature in await server.Tile($"/heat/components/{At(118.1, 24.5, zoom)}.mvt?cell=square&size=1000&measure=density"))
                Assert.Equal((long)breaks.Count(one => one <= (double)feature.Attributes["value"]!), Convert.ToInt64(feature.Attributes["class"], CultureInfo.InvariantCulture));
        Assert.Equal(breaks, (await server.Json(Components + "&measure=density&f=geojson")).GetProperty("heat").GetProperty("legend").GetProperty("breaks").EnumerateArray().Select(one => one.GetDouble()));
    }

    [Theory]
    [InlineData("cell=square&size=700")]
    [InlineData("cell=hexagon&size=900")]
    [InlineData("cell=district")]
    public async Task Tiles_hold_the_cells_of_the_answer_and_agree_along_their_edge(string cells)
    {
        var answer = Counts(await server.Json($"/heat/components?{cells}"));
        var (tile, seen) = (At(118.1, 24.5, 13), 0);
        var (west, east) = (await server.Tile($"/heat/components/{tile}.mvt?{cells}"), await server.Tile($"/heat/components/{tile with { X = tile.X + 1 }}.mvt?{cells}"));
        foreach (var feature in west.Concat(east))
            Assert.Equal(answer[(string)feature.Attributes["id"]!], Convert.ToDouble(feature.Attributes["count"], CultureInfo.InvariantCulture));
        foreach (var (one, other) in west.Join(east, one => one.Attributes["id"], other => other.Attributes["id"], (one, other) => (one, other)))
        {
            // Both tiles reach 64 units over the common edge, and there the cell is cut alike.
            Assert.Equal(Strip(one, 4096 - 64, 4096 + 64, 0), Strip(other, -64, 64, 4096));
            seen++;
        }
        Assert.True(seen > 0);
    }

    [Fact]
    public async Task A_zoom_with_too_many_cells_shows_coarser_ones_whose_counts_are_complete()
    {
        var fine = await server.Json("/heat/components?cell=square&size=25&district=350201,350202,350203");
        Assert.True(Cells(fine).Count > HeatTiles.MostCells);
        var features = await server.Tile($"/heat/components/{At(118.1, 24.5, 6)}.mvt?cell=square&size=25&district=350201,350202,350203");
        Assert.InRange(features.Count, 1, HeatTiles.MostCells);
        Assert.True((double)features[0].Attributes["size"]! > 25);
    }

    [Fact]
    public async Task CSV_has_a_line_per_cell_and_a_column_per_slice()
    {
        var bytes = await server.Bytes("/heat/components?cell=district&slice=weekday&f=csv");
        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        var lines = System.Text.Encoding.UTF8.GetString(bytes[3..]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("id,name,longitude,latitude,count,value,class,none,1,2,3,4,5,6,7", lines[0]);
        Assert.Equal(6, lines.Length - 1);
        foreach (var fields in lines[1..].Select(line => line.Split(',')))
            Assert.Equal(long.Parse(fields[4], CultureInfo.InvariantCulture), fields[7..].Sum(field => long.Parse(field, CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task GeoJSON_polygons_are_counterclockwise_and_closed()
    {
        var features = (await server.Json("/heat/components?cell=hexagon&size=3000&f=geojson")).GetProperty("features").EnumerateArray().ToList();
        foreach (var ring in features.Select(feature => feature.GetProperty("geometry").GetProperty("coordinates")[0].EnumerateArray().Select(one => (X: one[0].GetDouble(), Y: one[1].GetDouble())).ToList()))
        {
            Assert.Equal(7, ring.Count);
            Assert.Equal(ring[0], ring[^1]);
            Assert.True(ring.Zip(ring.Skip(1), (a, b) => (a.X - ring[0].X) * (b.Y - ring[0].Y) - (b.X - ring[0].X) * (a.Y - ring[0].Y)).Sum() > 0);
        }
    }

    [Fact]
    public async Task The_picture_decodes_and_shows_the_legends_colours_and_a_title()
    {
        var answer = await server.Json(Components);
        using var bitmap = SKBitmap.Decode(await server.Bytes(Components + "&f=png&width=800"));
        Assert.Equal((800, 600), (bitmap.Width, bitmap.Height));
        var seen = new Dictionary<SKColor, int>();
        foreach (var pixel in bitmap.Pixels)
            seen[pixel] = seen.GetValueOrDefault(pixel) + 1;
        foreach (var color in answer.GetProperty("legend").GetProperty("colors").EnumerateArray())
            Assert.True(seen.GetValueOrDefault(SKColor.Parse(color.GetString())) > 400, $"{color} is hardly seen.");
        Assert.True(Enumerable.Range(0, 800 * 84).Count(at => bitmap.GetPixel(at % 800, at / 800).Red < 100) > 300, "There is no title.");
    }

    [Fact]
    public async Task Hot_spots_come_with_scores_adjusted_p_values_and_Morans_I()
    {
        var answer = await server.Json(Components + "&hotspots=true");
        var study = answer.GetProperty("hotspots");
        Assert.Equal("queen", study.GetProperty("neighbours").GetString());
        Assert.True(study.GetProperty("studyCells").GetInt32() >= 400);
        Assert.True(double.IsFinite(study.GetProperty("moran").GetDouble()));
        Assert.Contains(Cells(answer), cell => cell.TryGetProperty("z", out _));
        Assert.Contains(await server.Tile($"/heat/components/{At(118.1, 24.5, 12)}.mvt?cell=square&size=1000&hotspots=true"), feature => feature.Attributes.ContainsKey("z"));
        Assert.Equal(6, Cells(await server.Json("/heat/components?cell=district&neighbours=knn:2")).Count(cell => cell.TryGetProperty("q", out _)));
    }

    [Theory]
    [InlineData(HeatCellKind.Square, 170)]
    [InlineData(HeatCellKind.Hexagon, 230)]
    public async Task The_study_area_is_the_cells_whose_centres_lie_in_the_asked_district_holes_left_out(HeatCellKind kind, double size)
    {
        var answer = await server.Json($"/heat/components?cell={HeatQuestionText.Name(kind)}&size={size}&district=350204&class=9999&hotspots=true");
        var district = await new SpineAreas(server.Layer.Source).Of(HeatCellKind.District, 0);
        var (shape, lattice) = (district.Shapes[district.Find("350204")]!, new HeatGrid(kind, size, 24.5));
        var (box, expected) = (shape.EnvelopeInternal, 0);
        var southWest = lattice.CellOf((uint)(WebMercator.U(box.MinX) * 4294967296.0), (uint)(WebMercator.V(box.MinY) * 4294967296.0));
        for (var row = southWest.Row - 2; lattice.Centre(new(0, row)).Latitude < box.MaxY + 0.01; row++)
            for (var column = southWest.Column - 2; lattice.Centre(new(column, row)).Longitude < box.MaxX + 0.01; column++)
                expected += lattice.Centre(new(column, row)) is var (x, y) && shape.Contains(new NetTopologySuite.Geometries.Point(x, y)) ? 1 : 0;
        Assert.True(expected > 1000);
        Assert.Equal(expected, answer.GetProperty("hotspots").GetProperty("studyCells").GetInt32());
    }

    [Theory]
    [InlineData("cell=circle", "'cell=circle' cannot be used; write one of square, hexagon, grid, community, subdistrict, district, department.")]
    [InlineData("size=5", "'size=5' cannot be used; write metres from 25 to 10000.")]
    [InlineData("cell=district&size=100", "'size' and 'parallel' are only for cell=square and cell=hexagon.")]
    [InlineData("measure=sum", "'field' goes with measure=sum, mean or distinct, and these need it.")]
    [InlineData("measure=sum&field=name", "Layer 'components' has no number field 'name'.")]
    [InlineData("measure=per&per=nothing", "There is no layer 'nothing' with places.")]
    [InlineData("measure=density&cell=department", "Departments have no area, so measure=density cannot be asked of them.")]
    [InlineData("compare=ratio", "'compare' goes with either a second period (from2, to2) or a second layer (layer2).")]
    [InlineData("from2=2024-01-01", "'compare' goes with either a second period (from2, to2) or a second layer (layer2).")]
    [InlineData("compare=ratio&layer2=cameras&slice=hour", "'slice' and 'compare' cannot be asked together.")]
    [InlineData("at=8", "'at' goes with 'slice', and with measure=count or density.")]
    [InlineData("slice=hour&at=2026-01", "'at=2026-01' is no slice of slice=hour.")]
    [InlineData("slice=hour&at=24", "'at=24' cannot be used; write one slice: 0–23, 1–7, 2026-01-31 or 2026-01.")]
    [InlineData("breaks=3,2", "'breaks=3,2' cannot be used; write at most 6 ascending numbers separated by commas.")]
    [InlineData("breaks=1,x", "'breaks=1,x' cannot be used; write at most 6 ascending numbers separated by commas.")]
    [InlineData("breaks=1,2&hotspots=true", "'breaks' cannot be asked with 'compare' or hot spots, whose classes are fixed.")]
    [InlineData("neighbours=rook", "'neighbours=rook' cannot be used; write queen, distance:500 or knn:8.")]
    [InlineData("neighbours=knn:4", "Neighbours of squares and hexagons are queen or distance:METRES.")]
    [InlineData("nonsense=1", "The parameter 'nonsense' is not known.")]
    [InlineData("f=gif", "'f=gif' cannot be used; write json, csv, geojson or png.")]
    public async Task What_cannot_be_asked_is_refused_with_a_sentence(string parameters, string sentence)
    {
        using var response = await server.Get($"/heat/components?{parameters}");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(sentence, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("detail").GetString());
    }

    [Theory]
    [InlineData("size=5", "应为25 至 10000 之间的米数")]
    [InlineData("measure=sum&field=name", "没有名为“name”的数字字段")]
    [InlineData("f=gif", "f=“gif”不可用")]
    [InlineData("f=png&cell=department", "部门没有位置")]
    public async Task A_refusal_is_in_Chinese_for_who_reads_it(string parameters, string words)
    {
        foreach (var (path, headers) in new (string, (string, string)[])[] { ($"/heat/components?{parameters}&lang=zh", []), ($"/heat/components?{parameters}", [("Accept-Language", "zh-CN,en;q=0.5")]) })
        {
            using var response = await server.Get(path, headers);
            Assert.Contains(words, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Memory_answers_while_the_database_is_down_and_what_it_lacks_is_refused_with_a_sentence()
    {
        var expected = await server.Json(Components + "&department=1");
        await using var nowhere = NpgsqlDataSource.Create("Host=/nowhere;Timeout=1");
        var live = new LiveLayers(PostGisDatabase.Catalog);
        live.Find("components")!.Publish(await server.Layer.Whole());
        live.Find("districts")!.Publish(LayerView.Of(await SnapshotLoader.Load(server.Layer.Source, PostGisDatabase.Catalog.Find("districts")!)));
        await using var app = await FreePortHost.Start(services => services.AddSingleton(PostGisDatabase.Catalog).AddSingleton(nowhere).AddSingleton(live).AddHeat(), host => host.MapHeat());
        using var http = new HttpClient { BaseAddress = new(app.Urls.First()) };

        var answer = JsonDocument.Parse(await http.GetStringAsync(Components + "&department=1")).RootElement;
        using var cameras = await http.GetAsync("/heat/cameras?cell=square&size=1000&lang=zh");

        Assert.Equal((expected.GetProperty("total").GetInt64(), expected.GetProperty("question").GetString()), (answer.GetProperty("total").GetInt64(), answer.GetProperty("question").GetString()));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, cameras.StatusCode);
        Assert.Contains("数据库没有应答", await cameras.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_layer_is_not_found_and_a_known_answer_is_not_sent_again()
    {
        using (var missing = await server.Get("/heat/nothing"))
            Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        foreach (var path in new[] { Components, $"/heat/components/{At(118.1, 24.5, 12)}.mvt", "/heat/cameras?cell=district&f=csv" })
        {
            using var first = await server.Get(path);
            using var again = await server.Get(path, ("If-None-Match", first.Headers.ETag!.ToString()));
            Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotModified), (first.StatusCode, again.StatusCode));
        }
    }

    [Fact]
    public void A_question_is_read_back_from_its_text()
    {
        const string text = "cell=hexagon&size=250&parallel=24.5&measure=per&per=cameras&perclass=01%2C02&compare=ratio&from2=2024-01-01T00%3A00%3A00Z&to2=2024-02-01T00%3A00%3A00Z&hotspots=true&neighbours=distance%3A500&district=350203";
        var parameters = text.Split('&').Select(one => one.Split('=')).Select(one => KeyValuePair.Create(one[0], Uri.UnescapeDataString(one[1])));
        var (question, faults) = HeatQuestionText.Parse(PostGisDatabase.Catalog.Find("cases")!, parameters);
        Assert.Empty(faults);
        Assert.Equal(text, HeatQuestionText.Format(question));
    }

    static TileCoord At(double longitude, double latitude, int zoom) => new(zoom, (int)(WebMercator.U(longitude) * (1 << zoom)), (int)(WebMercator.V(latitude) * (1 << zoom)));

    static List<JsonElement> Cells(JsonElement answer) => [.. answer.GetProperty("cells").EnumerateArray()];

    static string Id(JsonElement cell) => cell.GetProperty("id").GetString()!;

    static Dictionary<string, double> Counts(JsonElement answer) => Cells(answer).ToDictionary(Id, cell => cell.GetProperty("count").GetDouble());

    // Heights at which the ring crosses or stands on the strip's places, told from the western tile.
    static List<(int, int)> Strip(Gis.Tiles.Encoding.MvtFeature feature, int from, int to, int shift) => [.. feature.Parts
        .SelectMany(part => Enumerable.Range(0, part.Length / 2).Select(at => (X: part[2 * at], Y: part[2 * at + 1])))
        .Where(place => place.X > from && place.X < to).Select(place => (place.X + shift, place.Y)).Distinct().Order()];
}
