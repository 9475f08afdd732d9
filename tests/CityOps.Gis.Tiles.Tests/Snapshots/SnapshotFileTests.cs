using CityOps.Gis.Testing;
using CityOps.Gis.Tiles.Snapshots;
using Xunit;

namespace CityOps.Gis.Tests.Tiles.Snapshots;

public sealed class SnapshotFileTests(RandomLayer layer) : IClassFixture<RandomLayer>, IDisposable
{
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_written_snapshot_opens_as_it_was_column_by_column()
    {
        var (built, path) = await Written();

        var opened = SnapshotFile.Open(path, RandomLayer.Layer)!;

        AssertSame(built, opened);
        SnapshotFile.Release(opened);
    }

    [Fact]
    public async Task A_snapshot_built_of_another_one_s_rows_is_the_same()
    {
        var built = await layer.Snapshot();
        var again = new SnapshotBuilder(RandomLayer.Layer);
        for (var row = 0; row < built.Count; row++)
            again.Add(built, row);

        AssertSame(built, again.Build(built.Version, built.Departments), codesToo: false);
    }

    [Fact]
    public async Task An_opened_snapshot_answers_as_the_built_one()
    {
        var (built, path) = await Written();
        var opened = SnapshotFile.Open(path, RandomLayer.Layer)!;
        var random = new Random(3);
        for (var number = 0; number < 50; number++)
        {
            var query = RandomLayer.Question(random);
            Assert.Equal(new SnapshotFilter(built, query).Count(), new SnapshotFilter(opened, query).Count());
        }
        SnapshotFile.Release(opened);
    }

    [Fact]
    public async Task One_altered_bit_anywhere_is_noticed()
    {
        var (_, path) = await Written();
        var whole = await File.ReadAllBytesAsync(path);
        var random = new Random(7);
        foreach (var at in (int[])[0, 9, 17, 30, 45, 50, 60, 64, whole.Length - 1, .. Enumerable.Range(0, 50).Select(_ => random.Next(whole.Length))])
        {
            var altered = (byte[])whole.Clone();
            altered[at] ^= 4;
            await File.WriteAllBytesAsync(path, altered);

            Assert.Null(SnapshotFile.Open(path, RandomLayer.Layer));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(100_000)]
    [InlineData(-1)]
    public async Task A_cut_file_is_noticed(int length)
    {
        var (_, path) = await Written();
        await using (var file = File.Open(path, FileMode.Open))
            file.SetLength(length < 0 ? file.Length + length : length);

        Assert.Null(SnapshotFile.Open(path, RandomLayer.Layer));
    }

    [Fact]
    public async Task A_file_of_another_definition_is_not_taken()
    {
        var (_, path) = await Written();

        Assert.Null(SnapshotFile.Open(path, RandomLayer.Layer with { Fields = [.. RandomLayer.Layer.Fields.Skip(1)] }));
    }

    [Fact]
    public void Where_there_is_no_file_there_is_no_snapshot()
        => Assert.Null(SnapshotFile.Open(Path.Combine(_folder.Path, "none.snapshot"), RandomLayer.Layer));

    async Task<(LayerSnapshot, string)> Written()
    {
        var path = Path.Combine(_folder.Path, "components.snapshot");
        var snapshot = await layer.Snapshot();
        SnapshotFile.Write(snapshot, path);
        return (snapshot, path);
    }

    // Codes are numbered as their texts come; rows in another order have others, and so other bit sets.
    static void AssertSame(LayerSnapshot built, LayerSnapshot other, bool codesToo = true)
    {
        Assert.Equal((built.Version, built.Count, built.Placed, built.Bytes), (other.Version, other.Count, other.Placed, other.Bytes));
        Assert.Equal(built.Report(), other.Report());
        Assert.All(Enumerable.Range(0, built.Count), row => Assert.Equal(Row(built, row), Row(other, row)));
        Assert.Equal(built.Shapes.X, other.Shapes.X);
        Assert.Equal(built.Shapes.Y, other.Shapes.Y);
        Assert.All(Enumerable.Range(0, built.Blocks.Blocks.Count), block => Assert.Equal(Block(built, block, codesToo), Block(other, block, codesToo)));
        Assert.Equal(built.Departments.Below(["1"]), other.Departments.Below(["1"]));
    }

    static string Row(LayerSnapshot snapshot, int row) => string.Join('|',
    [
        snapshot.Fids[row], snapshot.X[row], snapshot.Y[row], snapshot.Time[row], snapshot.Shapes.Of(row),
        .. snapshot.Codes.Select(column => (object?)column.Text(column[row])),
        .. snapshot.Attributes.Select(column => column.IsNull(row) ? null : System.Text.Encoding.UTF8.GetString(column.Utf8(row))),
    ]);

    static string Block(LayerSnapshot snapshot, int block, bool codesToo)
        => $"{snapshot.Blocks.Blocks.Box(block)} {snapshot.Blocks.Blocks.Times(block)} {(!codesToo ? "" : string.Join(' ', Enumerable.Range(0, 7).Select(column => string.Join(',', snapshot.Blocks.Blocks.Set(column, block).ToArray()))))}";
}
