using System.Text.Json;
using System.Text.Json.Serialization;
using CityOps.Gis.Layers;
using Npgsql;

namespace CityOps.Gis.PostGis;

/// <summary>Makes and extends the table of a layer, its history, its indexes and its triggers from its definition.</summary>
public static class LayerTable
{
    static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };
    static readonly string[] Spine = ["districts", "subdistricts", "communities", "unit_grids", "management_grids", "departments"];

    /// <summary>EPSG code of stored coordinates: CGCS2000 geographic, longitude first.</summary>
    public const int StoredSrid = 4490;

    /// <summary>Columns that every layer table has before its own fields, in this order; <c>geom</c> is absent where the layer has no geometry.</summary>
    public static IReadOnlyList<string> JurisdictionColumns { get; } = ["grid_code", "community_code", "subdistrict_code", "district_code", "department_code"];

    static readonly string[] RoleColumns = ["class_code", "status", "occurred_at"];

    /// <summary>Makes what is missing; running it again changes nothing. A field that is new in the definition becomes a column, one that vanished stays.</summary>
    /// <exception cref="LayerTableException">A field's type is not the column's.</exception>
    public static async Task Ensure(NpgsqlConnection connection, LayerDefinition layer, CancellationToken cancel = default)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await Run(connection, $"select pg_advisory_xact_lock(hashtext('cityops.layer_table '||{SqlName.Literal(layer.Id)}))", cancel);
        if (await Columns(connection, layer, cancel) is { Count: > 0 } existing)
            await Extend(connection, layer, existing, cancel);
        else
            await Run(connection, Create(layer), cancel);
        await Run(connection, LaterIndexes(layer), cancel);
        await Run(connection, Locks(layer), cancel);
        await Remember(connection, layer, cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>The number first, so that a feature is found by it; the district is part of the key because the table is distributed by it.</summary>
    public static string PrimaryKey(LayerDefinition layer) => layer.Partitioned ? "primary key (fid, district_code)" : "primary key (fid)";

    /// <summary>Indexes of a layer's table beside its primary key, the dearest to build first; <c>Columns</c> holds method and columns.</summary>
    public static IEnumerable<(string Suffix, string Columns, bool IsUnique)> Indexes(LayerDefinition layer)
    {
        if (layer.Geometry != GeometryKind.None)
            yield return ("_geom", "gist (geom)", false);
        yield return ("_key", $"btree ({SqlName.Quote(layer.Key)})", !layer.Partitioned);
        yield return ("_grid_code", "btree (grid_code)", false);
        if (layer.Class is not null)
            yield return ("_class_code", "btree (class_code)", false);
        yield return ("_department_code", "btree (department_code)", false);
        if (layer.Find("occurred_at") is not null)
            yield return ("_occurred_at", "btree (occurred_at)", false);
        foreach (var field in References(layer))
            yield return (ReferenceIndex(field), $"btree ({SqlName.Quote(field.Name)})", false);
        foreach (var field in Search.SearchFields.Named(layer))
            yield return ("_in_" + field.Name, Search.SearchFields.IndexOf(field), false);
        // Rows of a batch lie together.
        yield return ("_batch_id", "brin (batch_id)", false);
    }

    /// <summary>True for the layers of the spine, which are stamped by their own codes.</summary>
    public static bool IsSpine(LayerDefinition layer) => Spine.Contains(layer.Id);

    /// <summary>PostgreSQL type of a field.</summary>
    public static string TypeOf(LayerField field) => field.Type switch
    {
        FieldType.Integer => "bigint",
        FieldType.Real => "double precision",
        FieldType.Date => "date",
        FieldType.DateTime => "timestamp with time zone",
        FieldType.Boolean => "boolean",
        FieldType.List => "text[]",
        _ => "text",
    };

    /// <summary>Stored fields that are not one of the columns every layer has.</summary>
    public static IEnumerable<LayerField> OwnFields(LayerDefinition layer) => layer.StoredFields.Where(field => !RoleColumns.Contains(field.Name));

    // Lists that refer to another layer are those of layers that are small.
    static IEnumerable<LayerField> References(LayerDefinition layer) => layer.StoredFields.Where(field => field is { References: not null, Type: not FieldType.List });

    static string ReferenceIndex(LayerField field) => "_at_" + field.Name;

    // What tables of an earlier version of the product lack. A person asks for the changes of a day in a few grids.
    static string LaterIndexes(LayerDefinition layer) => string.Join('\n', [
        $"create index if not exists {SqlName.Quote(layer.Id + "_history_grid_code")} on {SqlName.History(layer.Id)} (grid_code, valid_to);",
        .. References(layer).Select(field => $"create index if not exists {SqlName.Quote(layer.Id + ReferenceIndex(field))} on {SqlName.Table(layer.Id)} ({SqlName.Quote(field.Name)});"),
    ]);

    // Partitions are reached through their table only: nobody is granted anything on them.
    static string Locks(LayerDefinition layer) => $"""
        select cityops.lock_rows({SqlName.Literal(SqlName.Table(layer.Id))}, {IsPublic(layer)}), cityops.lock_rows({SqlName.Literal(SqlName.History(layer.Id))}, {IsPublic(layer)});
        grant usage on sequence gis.{SqlName.Quote(layer.Id + "_fid_seq")} to cityops_caller, cityops_city;
        """;

    static string IsPublic(LayerDefinition layer) => Gis.Access.Caller.PublicSpine.Contains(layer.Id) ? "true" : "false";

    static string Create(LayerDefinition layer)
    {
        var table = SqlName.Table(layer.Id);
        var columns = ColumnsOf(layer).Select(column => $"{SqlName.Quote(column.Name)} {column.Type}").ToList();
        var indexes = Indexes(layer).Select(index => $"create {(index.IsUnique ? "unique " : "")}index {SqlName.Quote(layer.Id + index.Suffix)} on {table} using {index.Columns};");
        var stamp = IsSpine(layer)
            ? $"cityops.stamp_spine_row({SqlName.Literal(layer.Id)})"
            : $"cityops.stamp_row({SqlName.Literal(layer.Id)}, {SqlName.Literal(layer.DepartmentField ?? "")})";
        return $"""
            create sequence gis.{SqlName.Quote(layer.Id + "_fid_seq")} cache 100;
            create table {table} (
                {string.Join(",\n    ", columns)},
                constraint {SqlName.Quote("pk_" + layer.Id)} {PrimaryKey(layer)}
            ){(layer.Partitioned ? " partition by list (district_code)" : "")};
            {(layer.Partitioned ? $"create table gis.{SqlName.Quote(layer.Id + "_other")} partition of {table} default;" : "")}
            alter sequence gis.{SqlName.Quote(layer.Id + "_fid_seq")} owned by {table}.fid;
            {string.Join("\n", indexes)}
            create table {SqlName.History(layer.Id)} (like {table}, valid_to timestamptz not null, closed_by_batch bigint, change text not null);
            create index on {SqlName.History(layer.Id)} (fid, valid_to);
            create index on {SqlName.History(layer.Id)} (closed_by_batch);
            create trigger a_stamp before insert or update on {table} for each row execute function {stamp};
            create trigger b_keep after delete on {table} for each row execute function cityops.keep_deleted({SqlName.Literal(layer.Id)});
            create trigger c_touch after insert or update or delete or truncate on {table} for each statement execute function cityops.touch_layer_of_table({SqlName.Literal(layer.Id)});
            {(layer.Partitioned ? $"select cityops.watch_partition({SqlName.Literal(layer.Id)}, 'gis.{SqlName.Quote(layer.Id + "_other")}');" : "")}
            """;
    }

    /// <summary>Every column of a layer's table with its type, in order.</summary>
    public static IEnumerable<(string Name, string Type)> ColumnsOf(LayerDefinition layer)
    {
        yield return ("fid", $"bigint not null default nextval('gis.{SqlName.Quote(layer.Id + "_fid_seq")}')");
        if (layer.Geometry != GeometryKind.None)
            yield return ("geom", layer.Geometry == GeometryKind.Point ? "geometry(Point, 4490)" : "geometry(Geometry, 4490)" + KindCheck(layer));
        foreach (var column in JurisdictionColumns)
            yield return (column, column == "district_code" ? "text not null default '000000'" : "text");
        yield return ("class_code", "text");
        yield return ("status", "text");
        yield return ("occurred_at", "timestamp with time zone");
        foreach (var field in OwnFields(layer))
            yield return (field.Name, TypeOf(field));
        yield return ("valid_from", "timestamp with time zone not null default now()");
        yield return ("batch_id", "bigint");
    }

    static string KindCheck(LayerDefinition layer) => layer.Geometry switch
    {
        GeometryKind.Line => $" constraint {SqlName.Quote($"ck_{layer.Id}_geom")} check (ST_Dimension(geom) = 1)",
        GeometryKind.Polygon => $" constraint {SqlName.Quote($"ck_{layer.Id}_geom")} check (ST_Dimension(geom) = 2)",
        _ => "",
    };

    static async Task Extend(NpgsqlConnection connection, LayerDefinition layer, Dictionary<string, string> existing, CancellationToken cancel)
    {
        foreach (var field in OwnFields(layer))
            if (!existing.TryGetValue(field.Name, out var type))
                await Run(connection, $"alter table {SqlName.Table(layer.Id)} add column {SqlName.Quote(field.Name)} {TypeOf(field)}; alter table {SqlName.History(layer.Id)} add column {SqlName.Quote(field.Name)} {TypeOf(field)}", cancel);
            else if (type != TypeOf(field))
                throw new LayerTableException(layer.Id, field.Name, type, TypeOf(field));
    }

    static async Task<Dictionary<string, string>> Columns(NpgsqlConnection connection, LayerDefinition layer, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("""
            select attname, format_type(atttypid, atttypmod) from pg_attribute
            where attrelid = to_regclass($1) and attnum > 0 and not attisdropped
            """, connection) { Parameters = { new() { Value = SqlName.Table(layer.Id) } } };
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var columns = new Dictionary<string, string>();
        while (await reader.ReadAsync(cancel))
            columns[reader.GetString(0)] = reader.GetString(1);
        return columns;
    }

    static async Task Remember(NpgsqlConnection connection, LayerDefinition layer, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("""
            insert into cityops.layer (id, definition) values ($1, $2::jsonb)
            on conflict (id) do update set definition = excluded.definition where cityops.layer.definition is distinct from excluded.definition
            """, connection) { Parameters = { new() { Value = layer.Id }, new() { Value = JsonSerializer.Serialize(layer, Format) } } };
        await command.ExecuteNonQueryAsync(cancel);
    }

    static async Task Run(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
