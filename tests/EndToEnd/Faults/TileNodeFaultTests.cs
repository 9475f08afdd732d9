using CityOps.Gis.Testing;
using CityOps.Gis.Testing.Faults;
using Xunit;

namespace CityOps.Gis.Tests.EndToEnd.Faults;

/// <summary>A tile node is killed, cut off and given damaged files: what it serves is what the database holds, or says that it is older, and nothing else.</summary>
[Collection(nameof(FaultyCityCollection))]
public sealed class TileNodeFaultTests(FaultyCityFixture fixture)
{
    const string Tile = "/tiles/cameras/16/54249/28185.mvt";

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_killed_node_serves_again_at_once_and_damaged_files_are_never_served()
    {
        using var files = new TempFolder();
        using var node = new HostProcess("tiles", fixture.City.Server.ConnectionString, files.Path);
        await Rename("甲");
        await Serves(node, "甲");
        await Kept(files);
        node.Kill();
        await Rename("乙");

        node.Start();
        var (first, age) = await Ask(node);
        Assert.Matches("^(stale|live|now)", age);
        Assert.True(first.Contains("甲", StringComparison.Ordinal) || first.Contains("乙", StringComparison.Ordinal));
        await Serves(node, "乙");

        node.Stop();
        Alter(Path.Combine(files.Path, "snapshots", "cameras.snapshot"));
        Cut(Path.Combine(files.Path, "snapshots", "components.snapshot"));
        node.Start();
        for (var left = 10; left > 0; left--)
            Assert.Contains("乙", (await Ask(node)).Tile, StringComparison.Ordinal);
        await Serves(node, "乙");
        await fixture.City.ForgetEdits();
    }

    [Fact]
    public async Task A_node_whose_slot_the_server_gave_up_copies_anew_and_goes_on()
    {
        using var files = new TempFolder();
        using var node = new HostProcess("tiles", fixture.City.Server.ConnectionString, files.Path);
        await Rename("丙");
        await Serves(node, "丙");
        var slots = await Slots();
        try
        {
            await fixture.City.Run("alter system set max_slot_wal_keep_size = '1MB'");
            await fixture.City.Run("select pg_reload_conf()");
            node.Pause();
            for (var left = 60; left > 0 && (await Slots()).Intersect(slots).Count() == slots.Count; left--)
                await fixture.City.Run("select pg_logical_emit_message(false, 'x', repeat('x', 100000)); select pg_switch_wal(); checkpoint");
            Assert.NotEqual(slots.Count, (await Slots()).Intersect(slots).Count());
        }
        finally
        {
            node.Continue();
            await fixture.City.Run("alter system reset max_slot_wal_keep_size");
            await fixture.City.Run("select pg_reload_conf()");
        }

        await Rename("丁");
        await Serves(node, "丁");
        await fixture.City.ForgetEdits();
    }

    Task Rename(string name) => fixture.City.Run($"update gis.cameras set name = '{name}' where fid = {fixture.City.CameraFid}");

    async Task<List<string>> Slots() => [.. await fixture.City.Value<string[]>("select array_agg(slot_name::text) from pg_replication_slots where active") ?? []];

    // From memory, and as of now.
    static async Task Serves(HostProcess node, string text)
    {
        var (tile, age) = ("", "");
        for (var left = 300; left > 0; left--, await Task.Delay(50, Cancel))
        {
            (tile, age) = await Ask(node);
            if (age.StartsWith("live", StringComparison.Ordinal) && tile.Contains(text, StringComparison.Ordinal))
                return;
        }
        Assert.Fail($"The tile is {age} and does not hold {text}. The log ends: {string.Join('\n', node.Log.TakeLast(10))}");
    }

    static async Task<(string Tile, string Age)> Ask(HostProcess node)
    {
        using var http = new HttpClient { BaseAddress = new(node.Url) };
        using var answer = await http.GetAsync(Tile, Cancel);
        var body = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}: {body}");
        return (body, answer.Headers.GetValues("X-CityOps-Data").Single());
    }

    static async Task Kept(TempFolder files)
    {
        for (var left = 200; left > 0 && !(File.Exists(Path.Combine(files.Path, "snapshots", "cameras.snapshot")) && File.Exists(Path.Combine(files.Path, "snapshots", "components.snapshot"))); left--)
            await Task.Delay(50, Cancel);
    }

    static void Alter(string path)
    {
        using var file = File.Open(path, FileMode.Open);
        file.Position = file.Length / 2;
        var was = file.ReadByte();
        file.Position--;
        file.WriteByte((byte)(was ^ 0x55));
    }

    static void Cut(string path)
    {
        using var file = File.Open(path, FileMode.Open);
        file.SetLength(file.Length * 2 / 3);
    }
}
