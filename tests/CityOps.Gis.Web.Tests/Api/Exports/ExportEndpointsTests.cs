using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using CityOps.Gis.Testing;
using CityOps.Gis.Web;
using CityOps.Gis.Web.Access;
using Microsoft.AspNetCore.Builder;
using Xunit;

namespace CityOps.Gis.Tests.Web.Api.Exports;

public sealed class ExportEndpointsTests(PostGisDatabase database) : IClassFixture<PostGisDatabase>, IAsyncLifetime
{
    const int Lamps = 60_000;
    static bool _isFilled;
    WebApplication? _host;
    HttpClient? _client;

    public async ValueTask InitializeAsync()
    {
        if (database.ConnectionString == "")
            return;
        if (!_isFilled)
            await database.Run(SmallCity.Sql + $"""
                insert into gis.components (code, name, class_code, class_table, supervisor_code, supervisor_name, status, first_date, remark, geom) values
                    ('3502030101000001', '上水井盖', '0101', 'cjt214-2007', '1', '市城市管理局', '完好', '2020-01-01', '靠近“沙坡尾”, 路边', ST_SetSRID(ST_MakePoint(118.001, 24.401), 4490)),
                    ('3502030101000002', '上水井盖', '0101', 'cjt214-2007', '1', '市城市管理局', '移除', '2020-01-01', null, ST_SetSRID(ST_MakePoint(118.002, 24.401), 4490)),
                    ('3502060501000001', '绿地', '0501', 'cjt214-2007', '1', '市城市管理局', '完好', '2020-01-01', null, ST_GeomFromText('MULTIPOLYGON(((118.012 24.401, 118.014 24.401, 118.014 24.403, 118.012 24.401)), ((118.015 24.401, 118.016 24.401, 118.016 24.402, 118.015 24.401)))', 4490)),
                    ('3502060401000001', '护栏', '0401', 'cjt214-2007', '1', '市城市管理局', '完好', '2020-01-01', null, ST_GeomFromText('LINESTRING(118.011 24.401, 118.012 24.402)', 4490));
                set session_replication_role = replica;
                insert into gis.devices (device_id, name, kind, geom) select 'D' || n, '路灯控制器 ' || repeat('长', 20) || n, 'lamp', ST_SetSRID(ST_MakePoint(118.001, 24.401), 4490) from generate_series(1, {Lamps}) n
                """);
        _isFilled = true;
        _host = GisWebHost.Build(new()
        {
            ConnectionString = database.ConnectionString, LayerFolders = [Path.Combine(AppContext.BaseDirectory, "layers")], Urls = "http://127.0.0.1:0", Exports = new() { Limit = 1000 }, Access = AccessOptions.TrustEverybody,
        });
        await _host.StartAsync();
        _client = new() { BaseAddress = new(_host.Urls.First()) };
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_host is not null)
            await _host.DisposeAsync();
    }

    [Fact]
    public async Task GeoJson_holds_what_the_question_asks_for_without_removed_features()
    {
        var features = JsonDocument.Parse(await Text("/export/components.geojson?class=01")).RootElement.GetProperty("features");
        var feature = Assert.Single(features.EnumerateArray());
        Assert.Equal("3502030101000001", feature.GetProperty("properties").GetProperty("code").GetString());
        Assert.Equal("350203001001003", feature.GetProperty("properties").GetProperty("grid_code").GetString());
        Assert.Equal("[118.001,24.401]", feature.GetProperty("geometry").GetProperty("coordinates").GetRawText());
    }

    [Fact]
    public async Task A_multipolygon_keeps_its_polygons_in_GeoJson_and_in_text()
    {
        var feature = JsonDocument.Parse(await Text("/export/components.geojson?class=05")).RootElement.GetProperty("features")[0].GetProperty("geometry");
        Assert.Equal("MultiPolygon", feature.GetProperty("type").GetString());
        Assert.Equal("[[[[118.012,24.401],[118.014,24.401],[118.014,24.403],[118.012,24.401]]],[[[118.015,24.401],[118.016,24.401],[118.016,24.402],[118.015,24.401]]]]", feature.GetProperty("coordinates").GetRawText());
        Assert.Contains("\"MULTIPOLYGON (((118.012 24.401, 118.014 24.401, 118.014 24.403, 118.012 24.401)), ((118.015 24.401, 118.016 24.401, 118.016 24.402, 118.015 24.401)))\"",
            await Text("/export/components.csv?class=05"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sequence_has_a_record_separator_before_every_feature_and_lines_have_none()
    {
        Assert.Equal(3, (await Text("/export/components.geojsons")).Count(one => one == '\u001e'));
        var lines = (await Text("/export/components.geojsonl")).TrimEnd('\n').Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.All(lines, line => Assert.Equal("Feature", JsonDocument.Parse(line).RootElement.GetProperty("type").GetString()));
    }

    [Fact]
    public async Task Csv_comes_in_UTF8_with_a_mark_or_in_GBK_and_quotes_what_needs_it()
    {
        var utf8 = await Bytes("/export/components.csv?class=01&generation=gbt47678.5-2026");
        Assert.Equal([0xEF, 0xBB, 0xBF], utf8[..3]);
        Assert.StartsWith("WKT,GLBJBSM,GLBJMC,class_code,class_table,ZGBMDM", Encoding.UTF8.GetString(utf8[3..]), StringComparison.Ordinal);
        Assert.Contains("\"靠近“沙坡尾”, 路边\"", Encoding.UTF8.GetString(utf8), StringComparison.Ordinal);
        var gbk = CodePagesEncodingProvider.Instance.GetEncoding(936)!.GetString(await Bytes("/export/components.csv?class=01&encoding=gbk&generation=zh&crs=EPSG:4548&geometry=coordinates"));
        Assert.StartsWith("东坐标,北坐标,标识码,名称", gbk, StringComparison.Ordinal);
        Assert.Contains("601538.86", gbk.Split("\r\n")[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shapefile_is_a_zip_with_a_file_for_each_kind_of_geometry()
    {
        using var zip = new ZipArchive(new MemoryStream(await Bytes("/export/components.shp?encoding=gbk&crs=EPSG:4548")));
        var names = zip.Entries.Select(entry => entry.FullName).ToList();
        foreach (var kind in new[] { "point", "line", "polygon" })
            foreach (var part in new[] { "shp", "shx", "dbf", "prj", "cpg" })
                Assert.Contains($"components_{kind}.{part}", names);
        using var prj = new StreamReader(zip.GetEntry("components_point.prj")!.Open());
        Assert.Contains("CGCS2000_3_Degree_GK_CM_117E", await prj.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("xlsx", "PK")]
    [InlineData("gpkg", "SQLite format 3")]
    [InlineData("fgb", "fgb")]
    [InlineData("parquet", "PAR1")]
    public async Task A_file_of_every_other_format_begins_as_it_should(string format, string start)
        => Assert.StartsWith(start, Encoding.Latin1.GetString(await Bytes("/export/components." + format)), StringComparison.Ordinal);

    [Fact]
    public async Task Preview_and_HEAD_say_how_many_rows_there_would_be()
    {
        var preview = JsonDocument.Parse(await Text("/export/devices.csv?preview")).RootElement;
        Assert.Equal((Lamps, true, "devices.csv"), (preview.GetProperty("rows").GetInt32(), preview.GetProperty("needsConfirmation").GetBoolean(), preview.GetProperty("fileName").GetString()));
        using var head = await _client!.SendAsync(new(HttpMethod.Head, "/export/components.gpkg?class=01"));
        Assert.Equal(("1", "no"), (head.Headers.GetValues("X-CityOps-Rows").Single(), head.Headers.GetValues("X-CityOps-Needs-Confirmation").Single()));
    }

    [Fact]
    public async Task More_rows_than_the_limit_must_be_confirmed()
    {
        var (status, sentence) = await Problem("/export/devices.csv?lang=en");
        Assert.Equal((HttpStatusCode.BadRequest, "This export has more than 1,000 rows; 'preview' tells how many and how large, and with 'confirm=yes' it is made."), (status, sentence));
        Assert.Equal(1002, (await Text("/export/devices.csv?limit=1001&confirm=yes")).TrimEnd().Split('\n').Length);
    }

    [Theory]
    [InlineData("/export/nothing.csv", HttpStatusCode.NotFound, "There is no layer 'nothing'")]
    [InlineData("/export/components.docx", HttpStatusCode.NotFound, "There is no format 'docx'; there are geojson, geojsons, geojsonl, csv, xlsx, gpkg, shp, fgb, parquet.")]
    [InlineData("/export/components.csv?crs=EPSG:2437", HttpStatusCode.BadRequest, "Nothing is exported in 'EPSG:2437'")]
    [InlineData("/export/components.csv?generation=1999", HttpStatusCode.BadRequest, "there are own, zh, cjt214-2007, gbt30428.2-2013, gbt47678.5-2026.")]
    [InlineData("/export/components.csv?limit=0", HttpStatusCode.BadRequest, "'limit=0' is not a whole number above zero.")]
    [InlineData("/export/components.csv?colour=red", HttpStatusCode.BadRequest, "The parameter 'colour' is not known")]
    [InlineData("/export/components.csv?bbox=1,2", HttpStatusCode.BadRequest, "bbox")]
    public async Task What_cannot_be_exported_is_answered_in_a_sentence(string address, HttpStatusCode status, string sentence)
    {
        var (found, detail) = await Problem(address + (address.Contains('?') ? "&" : "?") + "lang=en");
        Assert.Equal(status, found);
        Assert.Contains(sentence, detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_export_is_on_record_with_its_question()
    {
        await Text("/export/components.csv?class=04&crs=EPSG:4548");
        var record = JsonDocument.Parse(await Text("/export/records")).RootElement.EnumerateArray().First(one => one.GetProperty("question").GetString() == "class=04");
        Assert.Equal(("test", "components", "csv", "crs=EPSG:4548&generation=own", 1, true), (
            record.GetProperty("who").GetString(), record.GetProperty("layerId").GetString(), record.GetProperty("format").GetString(), record.GetProperty("options").GetString(),
            record.GetProperty("rows").GetInt32(), record.GetProperty("isFinished").GetBoolean()));
        Assert.True(record.GetProperty("bytes").GetInt64() > 300);
        Assert.Contains("<td>class=04</td>", await Text("/export/records?f=html"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_goes_away_stops_the_query_in_the_database_and_stays_on_record_as_broken_off()
    {
        _ = database.Source;
        using (var response = await _client!.GetAsync("/export/devices.geojson?confirm=yes", HttpCompletionOption.ResponseHeadersRead))
        {
            await using var body = await response.Content.ReadAsStreamAsync();
            await body.ReadExactlyAsync(new byte[1000]);
            Assert.Equal(1, await Running());
        }
        for (var look = 0; look < 100 && (await Running() > 0 || await BrokenOff() == 0); look++)
            await Task.Delay(100);
        Assert.Equal(0, await Running());
        Assert.Equal(1, await BrokenOff());
    }

    Task<long> Running() => database.Value<long>("select count(*) from pg_stat_activity where datname = current_database() and state = 'active' and backend_type = 'client backend' and query like 'select fid, ST_AsBinary%'");

    Task<long> BrokenOff() => database.Value<long>($"select count(*) from cityops.export_record where not is_finished and ended_at is not null and rows < {Lamps}");

    async Task<(HttpStatusCode Status, string Detail)> Problem(string address)
    {
        _ = database.Source;
        using var response = await _client!.GetAsync(address);
        return (response.StatusCode, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("detail").GetString()!);
    }

    async Task<string> Text(string address) => Encoding.UTF8.GetString(await Bytes(address));

    async Task<byte[]> Bytes(string address)
    {
        _ = database.Source;
        using var response = await _client!.GetAsync(address);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        Assert.True(response.IsSuccessStatusCode, Encoding.UTF8.GetString(bytes));
        return bytes;
    }
}
