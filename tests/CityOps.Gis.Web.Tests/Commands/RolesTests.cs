using System.Diagnostics;
using System.Text.Json;
using CityOps.Gis.Access;
using CityOps.Gis.PostGis;
using CityOps.Gis.PostGis.Access;
using CityOps.Gis.PostGis.Diagnosis;
using CityOps.Gis.SurveyImport.Loading;
using CityOps.Gis.Testing;
using CityOps.Gis.Tiles.Following;
using CityOps.Gis.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;

namespace CityOps.Gis.Tests.Web.Commands;

/// <summary>The database administrator's one command, and then the product without any right on the server.</summary>
public sealed class RolesTests(BareServer server) : IClassFixture<BareServer>
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_the_administrators_one_command_the_whole_product_works_under_a_role_without_rights_on_the_server()
    {
        _ = server.Administrator;
        var script = (await TheProgram.Run("roles", "gis", "--database", "city")).Answer;
        Psql(script);
        Psql(script);
        var own = As("gis", "city");
        await Fill(own);

        await using var app = GisWebHost.Build(new()
        {
            ConnectionString = own, LayerFolders = [Path.Combine(AppContext.BaseDirectory, "layers")], Urls = "http://127.0.0.1:0", Engine = new() { ConnectionString = own },
            Access = new() { Trusted = context => context.Request.Headers["X-Person"] == "west" ? West : TrustedAccess.Everybody },
        });
        await app.StartAsync(Cancel);
        var layer = app.Services.GetRequiredService<LiveLayers>().Find("components")!;
        for (var left = 600; left > 0 && layer.State != LayerState.Live; left--)
            await Task.Delay(50, Cancel);

        Assert.Equal(LayerState.Live, layer.State);
        Assert.Equal((4, 2), (await Matched(app, "chief"), await Matched(app, "west")));
        Assert.Equal("f|f|f|f|t", await Value("select concat_ws('|', rolsuper, rolcreaterole, rolcreatedb, rolbypassrls, rolreplication) from pg_roles where rolname = 'gis'"));
        var findings = await Findings(own);
        Assert.DoesNotContain(findings, one => one.Level == FindingLevel.Fault && one.Id != "administrator");
        Assert.Equal([FindingLevel.Well, FindingLevel.Well], findings.Where(one => one.Id is "user" or "scope-speed").Select(one => one.Level));
        await app.StopAsync(Cancel);
    }

    [Fact]
    public async Task What_the_administrator_has_not_made_is_named_with_the_command_that_makes_it()
    {
        await Value("create role unprepared login replication");
        await Value("create database unprepared owner unprepared");

        var findings = await Findings(As("unprepared", "unprepared"));

        Assert.Contains("./cityops roles unprepared | psql", findings.Single(one => one.Id == "user").Remedy!.En, StringComparison.Ordinal);
        Assert.Equal(FindingLevel.Fault, findings.Single(one => one.Id == "postgis").Level);
    }

    [Fact]
    public async Task More_rights_than_are_needed_are_named()
    {
        Psql(ProductRole.Script("mighty", "mighty"));
        await Value("alter role mighty createrole bypassrls");

        var finding = (await Findings(As("mighty", "mighty"))).Single(one => one.Id == "user");

        Assert.Equal((FindingLevel.Warning, "Have an administrator run: alter role mighty nocreaterole nobypassrls"), (finding.Level, finding.Remedy!.En));
    }

    static Caller West => new("west", "west", Role.Viewer.Permissions, new() { Districts = ["350203"] }) { Roles = [Role.Viewer.Id] };

    // The tables, a city, and lamps that come by the importer.
    static async Task Fill(string connection)
    {
        await Installation.Prepare(connection, PostGisDatabase.Catalog, Cancel);
        using var folder = new TempFolder();
        await using var source = Connections.Open(connection);
        await using var command = source.CreateCommand(SmallCity.Sql);
        await command.ExecuteNonQueryAsync(Cancel);
        await new Importer(source, PostGisDatabase.Catalog).Import(
            SmallSurvey.Write(folder.File("lamps"), SmallSurvey.Lamps(4)), new() { LayerId = "components", Today = new(2026, 11, 1) }, accept: true, cancel: Cancel);
    }

    static async Task<int> Matched(WebApplication app, string person)
    {
        using var http = new HttpClient { BaseAddress = new(app.Urls.First()), DefaultRequestHeaders = { { "X-Person", person } } };
        return JsonDocument.Parse(await http.GetStringAsync("/ogc/collections/components/items", Cancel)).RootElement.GetProperty("numberMatched").GetInt32();
    }

    static async Task<List<Finding>> Findings(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(Cancel);
        return [
            .. await new ServerDiagnosis(connection, TimeProvider.System).Run(Cancel).ToListAsync(Cancel),
            .. await new InstallationDiagnosis(connection, PostGisDatabase.Catalog, TimeProvider.System).Run(Cancel).ToListAsync(Cancel),
        ];
    }

    string As(string role, string database) => new NpgsqlConnectionStringBuilder(server.Administrator.ConnectionString) { Username = role, Database = database, Pooling = true, MaxPoolSize = 20 }.ConnectionString;

    async Task<string?> Value(string sql)
    {
        await using var connection = new NpgsqlConnection(server.Administrator.ConnectionString);
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Cancel) as string;
    }

    void Psql(string script)
    {
        var administrator = server.Administrator;
        using var psql = Process.Start(new ProcessStartInfo("psql", ["--no-psqlrc", "--quiet", $"--host={administrator.Host}", $"--username={administrator.Username}", "postgres"])
        {
            RedirectStandardInput = true, RedirectStandardError = true, RedirectStandardOutput = true,
        })!;
        psql.StandardInput.Write(script);
        psql.StandardInput.Close();
        var faults = psql.StandardError.ReadToEnd();
        psql.WaitForExit();
        Assert.True(psql.ExitCode == 0, faults);
    }
}
