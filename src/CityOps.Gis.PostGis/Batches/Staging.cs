using CityOps.Gis.Layers;
using Npgsql;

namespace CityOps.Gis.PostGis.Batches;

/// <summary>
/// The unlogged tables a batch lives in until it is published: <c>rows</c> (delivered and checked), <c>stamps</c> (their jurisdiction), <c>difference</c>
/// (what publication will do) and, for districts that hold nothing yet, the finished partitions.
/// </summary>
public sealed class Staging(LayerDefinition layer, long batchId)
{
    static readonly string[] Before = ["row_id", "source_no", "row_number"];

    public string Rows => Name("rows");
    public string Stamps => Name("stamps");
    public string Difference => Name("difference");
    public LayerDefinition Layer => layer;
    public long BatchId => batchId;

    internal string Partition(string district) => Name("d" + district);

    /// <summary>Districts whose partitions a comparison has built aside.</summary>
    internal async Task<List<string>> Built(NpgsqlConnection connection, CancellationToken cancel)
    {
        var prefix = $"b{batchId}_d";
        var names = await Sql.Column<string>(connection,
            $"select relname::text from pg_class join pg_namespace n on n.oid = relnamespace where nspname = 'staging' and relkind = 'r' and relname ~ '^{prefix}[0-9A-Za-z]+$' and relname <> '{prefix}ifference'", cancel);
        return [.. names.Select(name => name[prefix.Length..])];
    }

    /// <summary>Stored fields in the order of the staging table, after <c>row_id, source_no, row_number</c> and the geometry.</summary>
    public IReadOnlyList<LayerField> Fields { get; } = [.. layer.StoredFields];

    /// <summary>Number of columns of a staged row: three numbers, geometry (where the layer has one), the fields, delivered department and delivered grid.</summary>
    public int ColumnCount => Before.Length + (HasGeometry ? 1 : 0) + Fields.Count + 2;
    public bool HasGeometry => layer.Geometry != GeometryKind.None;

    /// <summary>Makes the empty table of rows; what an earlier try left is dropped.</summary>
    public async Task Create(NpgsqlDataSource source, CancellationToken cancel)
    {
        await Drop(source, cancel);
        await Sql.Run(source, $"""
            create unlogged table {Rows} (
                row_id bigint not null, source_no int not null, row_number bigint not null{(HasGeometry ? $", geom geometry(Geometry, {LayerTable.StoredSrid})" : "")},
                {string.Concat(Fields.Select(field => $"{SqlName.Quote(field.Name)} {LayerTable.TypeOf(field)}, "))}delivered_department text, delivered_grid text
            ) with (autovacuum_enabled = off)
            """, cancel);
    }

    public Task Drop(NpgsqlDataSource source, CancellationToken cancel) => Sql.Run(source, $"select cityops.drop_staging({batchId})", cancel);

    /// <summary>True when all accepted rows are still there; unlogged tables are empty after a crash of the database.</summary>
    public async Task<bool> Holds(NpgsqlDataSource source, long accepted, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        return await Sql.Value<bool>(connection, $"select to_regclass('{Rows}') is not null and to_regclass('{Stamps}') is not null", cancel)
            && await Sql.Value<long>(connection, $"select count(*) from {Rows}", cancel) == accepted;
    }

    /// <summary>Starts to write rows in binary COPY; the caller sends <see cref="CopyBuffer.Header"/> first and <see cref="CopyBuffer.Trailer"/> last.</summary>
    public Task<NpgsqlRawCopyStream> Write(NpgsqlConnection connection, CancellationToken cancel)
        => connection.BeginRawBinaryCopyAsync($"copy {Rows} from stdin (format binary)", cancel);

    /// <summary>Stamps every row's jurisdiction.</summary>
    /// <param name="keysHaveDivision">True when keys are identification codes, which begin with the division.</param>
    public async Task Stamp(NpgsqlDataSource source, bool keysHaveDivision, CancellationToken cancel)
    {
        // The planner needs no more than this of the rows.
        await Sql.Run(source, $"drop table if exists {Stamps}; set default_statistics_target = 10; analyze {Rows} (row_id, delivered_department)", cancel);
        var view = Name("source");
        var division = keysHaveDivision ? $"left({SqlName.Quote(layer.Key)}, 6)" : "null::text";
        if (LayerTable.IsSpine(layer))
            await Sql.Run(source, $"""
                create or replace view {view} as select row_id, {SqlName.Quote(layer.Key)} as code from {Rows};
                select cityops.stamp_spine_to({SqlName.Literal(layer.Id)}, '{view}'::regclass, '{Stamps}')
                """, cancel);
        else
        {
            // In a transaction of its own: other imports wait while the mesh of grids is made anew, and need not wait until these rows are stamped.
            await Sql.Run(source, "select cityops.refresh_grid_mesh()", cancel);
            await Sql.Run(source, $"""
                create or replace view {view} as select row_id, {(HasGeometry ? "geom" : "null::geometry as geom")}, {ColumnOrNull("class_code")}, delivered_department, delivered_grid, {division} as delivered_division from {Rows};
                select cityops.assign_jurisdiction_to('{view}'::regclass, '{Stamps}')
                """, cancel);
        }
        await Sql.Run(source, $"set default_statistics_target = 10; analyze {Stamps} (row_id, district_code)", cancel);
    }

    internal string ColumnOrNull(string column) => layer.Find(column) is { Stored: true } ? column : $"null::text as {column}";

    string Name(string part) => "staging." + SqlName.Quote($"b{batchId}_{part}");
}
