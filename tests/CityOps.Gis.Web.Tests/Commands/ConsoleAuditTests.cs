using System.Text.Json;
using CityOps.Gis.Testing;
using Xunit;

namespace CityOps.Gis.Tests.Web.Commands;

/// <summary>What is done at the machine stands in the audit log as what is done on pages does: by whom, from where.</summary>
public sealed class ConsoleAuditTests : IAsyncLifetime
{
    readonly PostGisDatabase _database = PostGisDatabase.Filled(SmallCity.Sql);
    readonly TempFolder _folder = new();

    public async ValueTask InitializeAsync() => await _database.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Commands_that_change_something_say_so_under_the_user_of_the_machine()
    {
        _ = _database.Source;
        await Run("people", "add", "chen", "--role", "viewer");
        var batch = (await Run("import", SmallSurvey.Write(_folder.File("lamps"), SmallSurvey.Lamps(4)), "--accept")).GetProperty("batch").GetInt64();
        await Run("rollback", $"{batch}");

        Assert.Equal(
            ["person-added chen", "delivery-published lamps.shp", "delivery-rolled-back lamps.shp"],
            await _database.Rows("select kind || ' ' || subject from cityops.audit_entry order by id"));
        Assert.Equal(
            [$"console:{Environment.UserName}|{Environment.UserName} (console)|{Environment.MachineName}"],
            await _database.Rows("select distinct who_id, who, address from cityops.audit_entry"));
        Assert.Equal("4", Assert.Single(await _database.Rows("select after -> 'counts' ->> 'added' from cityops.audit_entry where kind = 'delivery-published'")));
    }

    async Task<JsonElement> Run(params string[] arguments)
    {
        var (code, answer, faults) = await TheProgram.Run(new Dictionary<string, string> { ["CITYOPS_DATABASE"] = _database.ConnectionString }, [.. arguments, "--json"]);
        Assert.True(code is 0 or 1, $"{string.Join(' ', arguments)}: {code} {faults}");
        return JsonDocument.Parse(answer).RootElement;
    }
}
