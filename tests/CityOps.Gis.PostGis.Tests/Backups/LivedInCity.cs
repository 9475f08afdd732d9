using CityOps.Gis.Testing;
using Npgsql;
using Xunit;

namespace CityOps.Gis.Tests.PostGis.Backups;

/// <summary>The small city with something in every kind of table: partitions, a history, batches with faults and refused rows, one that waits, jobs, views.</summary>
public sealed class LivedInCity : IAsyncLifetime
{
    const string Fill = SmallCity.Sql + """
        select cityops.ensure_partition('components', '350203');
        insert into gis.components (code, name, class_code, status, geom)
        select 'a' || n, '部件''"\ ' || n, '0102', '完好', ST_SetSRID(ST_MakePoint(118.001 + n * 0.00015, 24.401 + n * 0.00001), 4490) from generate_series(1, 120) n;
        update gis.components set status = '破损' where code < 'a2';
        update gis.components set geom = ST_Translate(geom, 0.0101, 0) where code > 'a8';
        delete from gis.components where code = 'a5';
        insert into gis.cameras (camera_id, name, geom) select 'c' || n, null, ST_SetSRID(ST_MakePoint(118.002, 24.402), 4490) from generate_series(1, 9) n;
        insert into gis.management_grids (code, name, geom) select 'g1', '管理网格', ST_SetSRID(ST_Buffer(ST_MakePoint(118.005, 24.405), 0.002, 250), 4490);
        insert into gis.roads (code, name, geom) values ('r1', '思明南路', ST_SetSRID(ST_MakeLine(ST_MakePoint(118.001, 24.401), ST_MakePoint(118.009, 24.409)), 4490));
        insert into cityops.batch (layer_id, state, path, file_hash) values ('components', 'published', '/x/一.zip', 'a1'), ('components', 'staged', '/x/二.zip', 'b2');
        insert into cityops.batch_issue (batch_id, source_layer, row_number, code, severity, value) values (1, '路灯', 7, 'NotADate', 'error', '昨天');
        insert into cityops.quarantine (batch_id, source_layer, row_number, record, geom) values (1, '路灯', 7, '{"ORDate": "昨天"}', ST_SetSRID(ST_MakePoint(118.002, 24.402), 4490));
        create unlogged table staging.b2_rows as select n as row_id from generate_series(1, 30) n;
        insert into cityops.import_job (name, folder, batch_id) values ('一.zip', 'f1', 1);
        insert into cityops.saved_view (owner, name, address) values ('ann', '早', '/?at=15/24.46/118.07');
        insert into cityops.export_record (who, layer_id, question, format) values ('ann', 'components', '', 'csv');
        """;

    readonly TempFolder _folder = new();
    readonly List<string> _made = [];
    readonly List<PostGisDatabase> _copies = [];

    public PostGisDatabase Database { get; } = PostGisDatabase.Filled(Fill);

    /// <summary>A path for a file that is not there yet.</summary>
    public string NewFile() => _folder.File($"{Guid.NewGuid():N}.dump");

    /// <summary>Connection string of a city that is the same.</summary>
    public async Task<string> Copy()
    {
        var copy = PostGisDatabase.Filled(Fill);
        _copies.Add(copy);
        await copy.InitializeAsync();
        return new NpgsqlConnectionStringBuilder(copy.ConnectionString) { Pooling = false }.ConnectionString;
    }

    /// <summary>A database of this server that need not exist, and goes with the city.</summary>
    public string Other(string name)
    {
        name = $"{new NpgsqlConnectionStringBuilder(Database.ConnectionString).Database}_{name}";
        _made.Add(name);
        return new NpgsqlConnectionStringBuilder(Database.ConnectionString) { Database = name, Pooling = false }.ConnectionString;
    }

    public async ValueTask InitializeAsync() => await Database.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (Database.ConnectionString.Length > 0)
            foreach (var name in _made)
                await Database.Run($"drop database if exists {name} with (force)");
        foreach (var copy in _copies.Append(Database))
            await copy.DisposeAsync();
        _folder.Dispose();
    }
}
