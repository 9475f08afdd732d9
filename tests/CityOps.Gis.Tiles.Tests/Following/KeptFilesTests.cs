using CityOps.Gis.Testing;
using CityOps.Gis.Tiles.Following;
using CityOps.Gis.Tiles.Snapshots;
using Xunit;

namespace CityOps.Gis.Tests.Tiles.Following;

/// <summary>What a restart shows: what was known when the process ended in order, a little less when it was killed, and never half of anything.</summary>
public sealed class KeptFilesTests(FollowedDatabase database) : IClassFixture<FollowedDatabase>, IDisposable
{
    const string Cameras = """
        set cityops.bulk = 'on';
        insert into gis.cameras (camera_id, name, geom) select gen_random_uuid()::text, 'x', ST_SetSRID(ST_MakePoint(118.001 + n * 0.0001, 24.401), 4490) from generate_series(1, 500) n;
        select cityops.touch_layer('cameras');
        reset cityops.bulk
        """;
    const string Change = "update gis.cameras set name = 'changed' where fid in (select fid from gis.cameras order by fid limit 20)";
    const string Remove = "delete from gis.cameras where fid in (select fid from gis.cameras order by fid limit 7)";

    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task After_an_orderly_end_a_restart_shows_what_was_known_and_copies_nothing()
    {
        var known = await KnownAfterChanges();

        await using var node = await Restart(out var shown);

        Assert.Equal(known, shown());
        await database.UntilEqual(node, "cameras");
        Assert.Equal((0, 0), node["cameras"].Copied);
    }

    [Fact]
    public async Task A_process_that_is_killed_leaves_files_of_what_it_knew_when_they_were_due()
    {
        await database.Database.Run(Cameras);
        await using var killed = await database.Follow(_folder.Path, fileInterval: TimeSpan.Zero);
        await database.Database.Run(Change);
        var known = ViewRows.Of(await database.UntilEqual(killed, "cameras"));
        await FollowedDatabase.Until(() => File.Exists(_folder.File("cameras.changes")) && killed.Follower.Files.IsCompleted, () => "No files were written.");
        // What a write that was cut off leaves behind.
        await File.WriteAllBytesAsync(_folder.File("cameras.changes.part"), new byte[100]);
        await File.WriteAllBytesAsync(_folder.File("cameras.snapshot.part"), new byte[100]);

        await using var node = await Restart(out var shown);

        Assert.Equal(known, shown());
        await database.UntilEqual(node, "cameras");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(127)]
    [InlineData(1000)]
    [InlineData(-1)]
    public async Task A_cut_file_of_changes_leaves_what_was_known_before_them_and_the_layer_is_copied(int length)
    {
        var known = await KnownAfterChanges();
        await using (var file = File.Open(_folder.File("cameras.changes"), FileMode.Open))
            file.SetLength(length < 0 ? file.Length + length : length);

        await using var node = await Restart(out var shown);

        Assert.NotEqual(known, shown());
        Assert.NotEmpty(shown());
        await database.UntilEqual(node, "cameras");
        Assert.NotEqual((0, 0), node["cameras"].Copied);
    }

    [Fact]
    public async Task An_altered_file_of_the_large_part_takes_the_changes_along()
    {
        await KnownAfterChanges();
        await using (var file = File.Open(_folder.File("cameras.snapshot"), FileMode.Open))
        {
            file.Position = file.Length / 2;
            file.WriteByte(77);
        }

        await using var node = await Restart(out var shown);

        Assert.Empty(shown());
        await database.UntilEqual(node, "cameras");
    }

    [Fact]
    public async Task A_merge_into_the_large_part_is_written_with_the_next_files()
    {
        await database.Database.Run(Cameras);
        var first = await database.Follow(_folder.Path, fileInterval: TimeSpan.Zero);
        await database.UntilEqual(first, "cameras");
        var before = first["cameras"].View!.Parts[0].Snapshot;
        await database.Database.Run("update gis.cameras set name = 'many' where fid % 3 > 0");
        await FollowedDatabase.Until(() => first["cameras"].View!.Parts[0].Snapshot != before, () => "Nothing was merged.");
        var known = ViewRows.Of(await database.UntilEqual(first, "cameras"));
        await first.DisposeAsync();
        File.Delete(_folder.File("cameras.changes"));

        await using var node = await Restart(out var shown);

        Assert.Equal(known, shown());
    }

    [Fact]
    public void Changes_are_not_taken_for_those_of_another_file()
    {
        var layer = PostGisDatabase.Catalog.Find("cameras")!;
        var (path, snapshot) = (_folder.File("a.changes"), new SnapshotBuilder(layer).Build(1, new([])));
        ChangesFile.Write(path, [new(snapshot, DeadRows.None)], baseHash: 1, default);

        Assert.NotNull(ChangesFile.Open(path, snapshot, 1, out _));
        Assert.Null(ChangesFile.Open(path, snapshot, 2, out _));
    }

    // A copy, then changes that are too few to be merged into it.
    async Task<List<string>> KnownAfterChanges()
    {
        await database.Database.Run(Cameras);
        var first = await database.Follow(_folder.Path);
        await database.UntilEqual(first, "cameras");
        await first.Follower.Files;
        await database.Database.Run(Change);
        await database.Database.Run(Remove);
        var known = ViewRows.Of(await database.UntilEqual(first, "cameras"));
        Assert.True(first["cameras"].View!.Parts.Count > 1);
        await first.DisposeAsync();
        return known;
    }

    Task<FollowedNode> Restart(out Func<List<string>> shown)
    {
        var (layers, rows) = (new LiveLayers(PostGisDatabase.Catalog), new List<string>());
        shown = () => rows;
        return database.Follow(_folder.Path, at: moment =>
        {
            if (moment != FollowerMoment.Connecting || layers.Find("cameras") is not { View: { } view } cameras)
                return;
            Assert.Equal(LayerState.Stale, cameras.State);
            rows.AddRange(ViewRows.Of(view));
        }, layers: layers);
    }
}
