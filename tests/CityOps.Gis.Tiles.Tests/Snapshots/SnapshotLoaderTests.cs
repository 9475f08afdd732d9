using System.Globalization;
using CityOps.Gis.Testing;
using CityOps.Gis.Tiles.Snapshots;
using Npgsql;
using Xunit;

namespace CityOps.Gis.Tests.Tiles.Snapshots;

public sealed class SnapshotLoaderTests(LargeLayer layer) : IClassFixture<LargeLayer>
{
    [Fact]
    public async Task Every_column_holds_what_the_table_holds()
    {
        var snapshot = await layer.Snapshot();
        var expected = await layer.Database.Rows("""
            select concat_ws('|', fid, case when not ST_IsEmpty(geom) then floor(cityops.mercator_u(cityops.spot_x(geom)) * 4294967296)::bigint end,
                case when not ST_IsEmpty(geom) then floor(cityops.mercator_v(cityops.spot_y(geom)) * 4294967296)::bigint end,
                coalesce(district_code, '-'), coalesce(subdistrict_code, '-'), coalesce(community_code, '-'), coalesce(grid_code, '-'), coalesce(department_code, '-'),
                coalesce(class_code, '-'), coalesce(status, '-'), coalesce((extract(epoch from occurred_at - '2000-01-01 00:00:00+00') * 1000000)::bigint::text, '-'), code, coalesce(name, '-'))
            from gis.components order by fid
            """);

        var held = Enumerable.Range(0, snapshot.Count).OrderBy(row => snapshot.Fids[row]).Select(row => Line(snapshot, row)).ToList();

        Assert.Equal(LargeLayer.Count, held.Count);
        Assert.Equal(expected, held);
    }

    [Fact]
    public async Task Rows_lie_along_the_Hilbert_curve()
    {
        var snapshot = await layer.Snapshot();
        var (minX, minY) = (snapshot.X[..snapshot.Placed].ToArray().Min(), snapshot.Y[..snapshot.Placed].ToArray().Min());
        var widest = Math.Max(snapshot.X[..snapshot.Placed].ToArray().Max() - minX, snapshot.Y[..snapshot.Placed].ToArray().Max() - minY);
        var shift = 0;
        while (widest >> shift > 0xFFFF)
            shift++;

        var places = Enumerable.Range(0, snapshot.Placed).Select(row => HilbertCurve.Place((snapshot.X[row] - minX) >> shift, (snapshot.Y[row] - minY) >> shift)).ToList();

        Assert.Equal(places.Order(), places);
    }

    [Fact]
    public void Neighbours_on_the_Hilbert_curve_are_neighbours_on_the_ground()
    {
        var cells = new (uint X, uint Y)[1 << 16];
        var least = HilbertCurve.Place(512, 768) & ~0xFFFFu;
        for (var x = 512u; x < 768; x++)
            for (var y = 768u; y < 1024; y++)
                cells[HilbertCurve.Place(x, y) - least] = (x, y);

        Assert.All(cells.Zip(cells.Skip(1)), pair => Assert.Equal(1, Math.Abs((int)pair.First.X - (int)pair.Second.X) + Math.Abs((int)pair.First.Y - (int)pair.Second.Y)));
    }

    [Fact]
    public async Task Features_without_a_place_come_last()
    {
        var snapshot = await layer.Snapshot();

        Assert.Equal(await layer.Database.Value<long>("select count(*) from gis.components where geom is not null and not ST_IsEmpty(geom)"), snapshot.Placed);
    }

    [Fact]
    public async Task A_shape_keeps_its_parts_and_vertices()
    {
        var snapshot = await layer.Snapshot();
        var expected = (await layer.Database.Rows("select fid, ST_NPoints(geom) from gis.components where ST_GeometryType(geom) <> 'ST_Point' and not ST_IsEmpty(geom) order by fid")).ToList();

        var held = Enumerable.Range(0, snapshot.Placed).Where(row => snapshot.Shapes.Of(row) >= 0).OrderBy(row => snapshot.Fids[row])
            .Select(row => string.Create(CultureInfo.InvariantCulture, $"{snapshot.Fids[row]}|{Vertices(snapshot.Shapes, snapshot.Shapes.Of(row))}"));

        Assert.Equal(expected, held);
    }

    [Fact]
    public async Task Unchanged_data_has_the_version_of_the_layer()
    {
        var snapshot = await layer.Snapshot();

        Assert.Equal(await layer.Database.Value<long>("select version from cityops.layer where id = 'components'"), snapshot.Version);
    }

    [Theory]
    [InlineData("roads")]
    [InlineData("devices")]
    public async Task An_empty_layer_is_an_empty_snapshot(string id)
    {
        await layer.Snapshot();

        var snapshot = await SnapshotLoader.Load(layer.Source, PostGisDatabase.Catalog.Find(id)!);

        Assert.Equal((0, 0L), (snapshot.Count, new SnapshotFilter(snapshot, new(id)).Count()));
    }

    [Fact]
    public async Task Numbers_and_times_come_as_the_SQL_executor_sends_them()
    {
        await layer.Snapshot();
        await layer.Database.Run("""
            insert into gis.cameras (camera_id, name, direction, geom)
            select n::text, 'x', case when n % 3 > 0 then n / 7.0 end, ST_SetSRID(ST_MakePoint(118 + n / 1000.0, 24), 4490) from generate_series(1, 100) n;
            insert into gis.cases (case_number, title, status, occurred_at, geom)
            select n::text, 'x', 'close', '2024-05-06 07:08:09.5+08'::timestamptz + n * interval '1 hour', ST_SetSRID(ST_MakePoint(118 + n / 1000.0, 24), 4490) from generate_series(1, 100) n;
            """);
        var (cameras, cases) = (await SnapshotLoader.Load(layer.Source, PostGisDatabase.Catalog.Find("cameras")!), await SnapshotLoader.Load(layer.Source, PostGisDatabase.Catalog.Find("cases")!));
        var (direction, reported) = (cameras.Attributes.Single(one => one.Name == "direction"), cases.Attributes.Single(one => one.Name == "occurred_at"));

        var held = Enumerable.Range(0, 100).OrderBy(row => cameras.Fids[row]).Select(row => direction.IsNull(row) ? "" : direction.Real(row).ToString("R", CultureInfo.InvariantCulture));
        var times = Enumerable.Range(0, 100).OrderBy(row => cases.Fids[row]).Select(row => Text(reported, row));

        Assert.Equal(await layer.Database.Rows("select direction from gis.cameras order by fid"), held);
        Assert.Equal(await layer.Database.Rows("select (to_json(occurred_at at time zone 'UTC') #>> '{}')||'Z' from gis.cases order by fid"), times);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_layer_read_by_several_connections_is_row_by_row_what_one_connection_reads(int readers)
    {
        await layer.Snapshot();
        Assert.True(await layer.Database.Value<long>("select sum(pg_relation_size(relid))::bigint from pg_partition_tree('gis.components')") > readers * (4 << 20), "The layer is too small for several readers.");
        var reported = new List<(long Rows, long Total)>();
        using var database = DatabaseSnapshot.Open(layer.Source);

        var one = database.Load(RandomLayer.Layer, long.MaxValue, null, default, mostReaders: 1);
        var several = database.Load(RandomLayer.Layer, long.MaxValue, new Reporter(reported.Add), default, readers);

        Assert.Equal(Lines(one), Lines(several));
        Assert.Equal(one.Report().Where(column => column.Column != "blocks"), several.Report().Where(column => column.Column != "blocks"));
        Assert.Equal((LargeLayer.Count, LargeLayer.Count), reported[^1]);
        Assert.Equal(reported.Select(one => one.Rows).Order(), reported.Select(one => one.Rows));
    }

    [Fact]
    public async Task While_somebody_waits_for_the_table_alone_one_connection_reads_it_and_nobody_waits_for_ever()
    {
        await layer.Snapshot();
        await using var other = await layer.Source.OpenConnectionAsync();
        var (database, waiting) = (DatabaseSnapshot.Open(layer.Source), Task.CompletedTask);
        using (database)
        {
            var before = database.Load(RandomLayer.Layer, long.MaxValue, null, default);
            waiting = new Npgsql.NpgsqlCommand("begin; lock table gis.components in access exclusive mode; rollback", other).ExecuteNonQueryAsync();
            while (!await layer.Database.Value<bool>("select exists (select from pg_locks where relation = 'gis.components'::regclass and not granted)"))
                await Task.Delay(20);
            Assert.Equal(Lines(before), Lines(database.Load(RandomLayer.Layer, long.MaxValue, null, default)));
            Assert.False(waiting.IsCompleted);
        }
        await waiting;
    }

    [Fact]
    public async Task A_load_by_two_connections_that_takes_too_much_memory_stops()
    {
        await layer.Snapshot();
        using var database = DatabaseSnapshot.Open(layer.Source);

        Assert.Throws<SnapshotTooLargeException>(() => database.Load(RandomLayer.Layer, 1 << 20, null, default));
        // The transaction is whole afterwards, and other layers are read in it.
        Assert.Equal(LargeLayer.Count, database.Load(RandomLayer.Layer, long.MaxValue, null, default).Count);
    }

    [Fact]
    public async Task A_load_that_is_called_off_stops()
    {
        await layer.Snapshot();
        using var cancel = new CancellationTokenSource();
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SnapshotLoader.Load(layer.Source, RandomLayer.Layer, cancel: cancel.Token));
    }

    [Fact]
    public async Task A_load_reads_as_of_an_exported_snapshot()
    {
        var before = await layer.Snapshot();
        await using var connection = await layer.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
        await using var export = new NpgsqlCommand("select pg_export_snapshot()", connection);
        var name = (string)(await export.ExecuteScalarAsync())!;
        await layer.Database.Run("insert into gis.districts (code, name, geom) values ('350299', 'x', ST_MakeEnvelope(1, 1, 2, 2, 4490))");

        var then = await SnapshotLoader.Load(layer.Source, PostGisDatabase.Catalog.Find("districts")!, exported: name);
        var now = await SnapshotLoader.Load(layer.Source, PostGisDatabase.Catalog.Find("districts")!);

        Assert.Equal((LargeLayer.Count, 0, 1), (before.Count, then.Count, now.Count));
    }

    static IEnumerable<string> Lines(LayerSnapshot snapshot) => Enumerable.Range(0, snapshot.Count).Select(row => Following.ViewRows.Line(snapshot, row));

    static int Vertices(Shapes shapes, int shape)
    {
        var (start, end) = shapes.PartsOf(shape);
        return Enumerable.Range(start, end - start).Sum(part => shapes.VerticesOf(part).End - shapes.VerticesOf(part).Start);
    }

    static string Line(LayerSnapshot snapshot, int row)
    {
        var place = row < snapshot.Placed ? string.Create(CultureInfo.InvariantCulture, $"{snapshot.X[row]}|{snapshot.Y[row]}|") : "";
        var codes = string.Join('|', snapshot.Codes.Select(column => column.Text(column[row]) ?? "-"));
        var time = snapshot.Time[row]?.ToString(CultureInfo.InvariantCulture) ?? "-";
        var (code, name) = (snapshot.Attributes.Single(one => one.Name == "code"), snapshot.Attributes.Single(one => one.Name == "name"));
        return string.Create(CultureInfo.InvariantCulture, $"{snapshot.Fids[row]}|{place}{codes}|{time}|{Text(code, row)}|{Text(name, row)}");
    }

    static string Text(AttributeColumn column, int row) => column.IsNull(row) ? "-" : System.Text.Encoding.UTF8.GetString(column.Utf8(row));

    sealed class Reporter(Action<(long, long)> report) : IProgress<(long Rows, long Total)>
    {
        public void Report((long Rows, long Total) value) => report(value);
    }
}
