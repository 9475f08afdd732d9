using System.Text.Json;
using CityOps.Gis.Testing;
using CityOps.Gis.Tiles.Following;
using CityOps.Gis.Web;
using CityOps.Gis.Web.Access;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;

namespace CityOps.Gis.Tests.Web.Commands;

/// <summary>One command makes a backup, one a city out of it.</summary>
public sealed class BackupCommandTests : IAsyncLifetime
{
    const string Fill = SmallCity.Sql + """
        insert into gis.components (code, name, class_code, status, geom)
        select 'a' || n, '井盖 ' || n, '0102', '完好', ST_SetSRID(ST_MakePoint(118.001 + n * 0.00015, 24.401 + n * 0.00001), 4490) from generate_series(1, 100) n;
        insert into gis.roads (code, name, geom) values ('r1', '思明南路', ST_SetSRID(ST_MakeLine(ST_MakePoint(118.001, 24.401), ST_MakePoint(118.009, 24.409)), 4490))
        """;

    static readonly string[] Paths =
    [
        "/tiles/components/14/13562/7046.mvt", "/tiles/components/18/216997/112740.mvt", "/tiles/roads/14/13562/7046.mvt", "/tiles/communities/12/3390/1761.mvt", "/tiles/unit_grids/16/54250/28184.mvt",
        "/heat/components?cell=district&f=csv", "/export/components.geojson", "/search?q=%E4%BA%95%E7%9B%96%207",
    ];

    readonly PostGisDatabase _database = PostGisDatabase.Filled(Fill);
    readonly TempFolder _folder = new();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;
    string Restored => new NpgsqlConnectionStringBuilder(_database.ConnectionString).Database + "_restored";
    Dictionary<string, string> Environment => new() { ["CITYOPS_DATABASE"] = _database.ConnectionString };

    public async ValueTask InitializeAsync() => await _database.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        if (_database.ConnectionString.Length > 0)
            await _database.Run($"drop database if exists {Restored} with (force)");
        await _database.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_city_made_of_a_backup_gives_the_same_map()
    {
        _ = _database.Source;
        var (made, answer, faults) = await TheProgram.Run(Environment, "backup", _folder.File("city.dump"), "--json");
        Assert.True(made == 0, faults);
        Assert.Equal(new FileInfo(_folder.File("city.dump")).Length, JsonDocument.Parse(answer).RootElement.GetProperty("bytes").GetInt64());

        var (restored, _, sentences) = await TheProgram.Run(Environment, "restore", _folder.File("city.dump"), "--into", Restored, "--lang", "en");

        Assert.True(restored == 0, sentences);
        Assert.Contains("Filling the tables", sentences, StringComparison.Ordinal);
        var person = $"{System.Environment.UserName} (console)";
        Assert.Equal((person, person), (await Doer(_database.ConnectionString, "backup-made"), await Doer(new NpgsqlConnectionStringBuilder(_database.ConnectionString) { Database = Restored }.ConnectionString, "database-restored")));
        Assert.Equal(await Answers(_database.ConnectionString), await Answers(new NpgsqlConnectionStringBuilder(_database.ConnectionString) { Database = Restored }.ConnectionString));
    }

    [Fact]
    public async Task A_city_with_data_is_not_replaced_unasked_and_the_sentence_is_in_the_readers_language()
    {
        _ = _database.Source;
        var (made, _, faults) = await TheProgram.Run(Environment, "backup", _folder.File("own.dump"));
        Assert.True(made == 0, faults);

        var (zh, _, chinese) = await TheProgram.Run(Environment, "restore", _folder.File("own.dump"), "--lang", "zh");
        var (en, _, english) = await TheProgram.Run(Environment, "restore", _folder.File("own.dump"), "--lang", "en");

        Assert.Equal((2, 2), (zh, en));
        Assert.Contains("已有数据，未作改动。加 --replace", chinese, StringComparison.Ordinal);
        Assert.Contains("holds data and was left alone. Add --replace", english, StringComparison.Ordinal);
        Assert.Equal(100, await _database.Value<long>("select count(*) from gis.components"));
    }

    static async Task<string?> Doer(string database, string kind)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database) { Pooling = false }.ConnectionString);
        await using var command = source.CreateCommand($"select who from cityops.audit_entry where kind = '{kind}' order by id desc limit 1");
        return await command.ExecuteScalarAsync(Cancel) as string;
    }

    // From the database and from memory alike; bytes are told apart by their text.
    static async Task<List<string>> Answers(string connectionString)
    {
        await using var app = GisWebHost.Build(new()
        {
            ConnectionString = connectionString, LayerFolders = [Path.Combine(AppContext.BaseDirectory, "layers")], Urls = "http://127.0.0.1:0", Engine = new() { ConnectionString = connectionString },
            Access = AccessOptions.TrustEverybody,
        });
        await app.StartAsync(Cancel);
        using var http = new HttpClient { BaseAddress = new(app.Urls.First()) };
        var components = app.Services.GetRequiredService<LiveLayers>().Find("components")!;
        for (var left = 600; left > 0 && components.State != LayerState.Live; left--)
            await Task.Delay(50, Cancel);
        Assert.Equal(LayerState.Live, components.State);
        var answers = new List<string>();
        foreach (var path in Paths.Concat(Paths.Where(path => path.EndsWith(".mvt", StringComparison.Ordinal)).Select(path => path + "?executor=sql")))
        {
            using var response = await http.GetAsync(path, Cancel);
            Assert.True(response.IsSuccessStatusCode, $"{path} {response.StatusCode}");
            var body = await response.Content.ReadAsByteArrayAsync(Cancel);
            Assert.True(body.Length > 0, $"{path} is empty");
            answers.Add($"{path} {Convert.ToBase64String(body)}");
        }
        await app.StopAsync(Cancel);
        return answers;
    }
}
