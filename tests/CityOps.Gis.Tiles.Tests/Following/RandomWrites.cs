using System.Globalization;
using CityOps.Gis.Testing;
using Npgsql;

namespace CityOps.Gis.Tests.Tiles.Following;

/// <summary>
/// Transactions of random writes on layers of points, lines, polygons and of all of them: inserts, updates, moves over district borders, other numbers, deletions,
/// truncations, writes that name a partition, new partitions, restamps, changes of departments; every sixth is rolled back.
/// </summary>
/// <param name="isLarge">The layers hold many features: writes are bulk writes, and an update is of one in a thousand.</param>
sealed class RandomWrites(PostGisDatabase database, int seed, bool isLarge = false)
{
    public static readonly string[] Layers = ["cameras", "roads", "management_grids", "components"];
    readonly Random _random = new(seed);

    public async Task Transaction()
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        // As bulk writers do: without the triggers that stamp, keep versions and count the layers' own version up.
        var bulk = isLarge || _random.Next(2) == 0;
        var statements = Enumerable.Range(0, _random.Next(1, 8)).Select(_ => Statement());
        foreach (var statement in bulk ? ["set local cityops.bulk = 'on'", .. statements, "select cityops.touch_layer(id) from cityops.layer"] : statements)
        {
            await using var command = new NpgsqlCommand(statement, connection);
            await command.ExecuteNonQueryAsync();
        }
        if (_random.Next(6) == 0)
            await transaction.RollbackAsync();
        else
            await transaction.CommitAsync();
    }

    string Statement()
    {
        var layer = Layers[_random.Next(Layers.Length)];
        return _random.Next(40) switch
        {
            0 => layer == "cameras" ? "truncate gis.cameras" : Text($"delete from gis.{layer} where fid % 4 = {_random.Next(4)}"),
            1 => Text($"insert into gis.departments (code, name, parent_code) values (gen_random_uuid()::text, 'x', '1')"),
            2 => Text($"select cityops.ensure_partition('components', '{(_random.Next(2) == 0 ? "350203" : "350206")}')"),
            3 => Text($"select cityops.restamp('{layer}', ST_MakeEnvelope(117.99, 24.39, 118.03, 24.42, 4490))"),
            4 => Text($"update gis.{layer} set fid = fid + 1000000000 where fid in (select fid from gis.{layer} order by random() limit 2)"),
            5 => Text($"insert into gis.components_other (code, name, class_code, status, geom) values (gen_random_uuid()::text, 'x', '0102', '完好', {Geometry(layer: "components")})"),
            6 or 7 => Text($"insert into gis.{layer} ({Columns(layer)}) select {Values(layer)} from generate_series(1, {_random.Next(1, 60)})"),
            < 16 => Text($"insert into gis.{layer} ({Columns(layer)}) values ({Values(layer)})"),
            < 22 => Text($"update gis.{layer} set geom = {Geometry(layer)} where {Some(layer)}"),
            < 24 when layer == "components" => Text($"update gis.components set district_code = (array['000000', '350203', '350206'])[{_random.Next(1, 4)}] where {Some(layer)}"),
            < 28 => Text($"update gis.{layer} set geom = ST_Translate(geom, {Offset()}, {Offset()}) where {Some(layer)}"),
            < 35 => Text($"update gis.{layer} set {(layer == "components" ? "status = " + Status() : "name = " + Name())} where {Some(layer)}"),
            _ => Text($"delete from gis.{layer} where {Some(layer)}"),
        };
    }

    static string Columns(string layer) => layer switch
    {
        "cameras" => "camera_id, name, status, direction, geom",
        "roads" => "code, name, road_class, geom",
        "management_grids" => "code, name, geom",
        _ => "code, name, class_code, status, geom",
    };

    string Values(string layer) => layer switch
    {
        "cameras" => $"gen_random_uuid()::text, {Name()}, {Status()}, {(_random.Next(4) == 0 ? "null" : Text($"{_random.NextDouble() * 360}"))}, {Geometry(layer)}",
        "roads" => $"gen_random_uuid()::text, {Name()}, {Status()}, {Geometry(layer)}",
        "management_grids" => $"gen_random_uuid()::text, {Name()}, {Geometry(layer)}",
        _ => Text($"gen_random_uuid()::text, {Name()}, lpad({_random.Next(1, 7)}::text, 2, '0') || lpad({_random.Next(60)}::text, 2, '0'), {Status()}, {Geometry(layer)}"),
    };

    // Rings of hundreds of vertices are TOASTed; the noise keeps them from being compressed into the row.
    string Geometry(string layer)
    {
        var spot = Text($"{117.995 + _random.NextDouble() * 0.03} + random() * 0.002, {24.398 + _random.NextDouble() * 0.014} + random() * 0.002");
        var kind = layer switch { "cameras" => 0, "roads" => 1, "management_grids" => 2, _ => _random.Next(4) };
        return kind switch
        {
            1 => Text($"ST_SetSRID(ST_MakeLine(ST_MakePoint({spot}), ST_MakePoint({spot})), 4490)"),
            2 when _random.Next(3) == 0 => $"(select ST_SetSRID(ST_Buffer(ST_MakePoint({spot}), 0.0003 + random() * 0.001, 60), 4490))",
            2 => $"ST_SetSRID(ST_Expand(ST_MakePoint({spot}), 0.0001 + random() * 0.002), 4490)",
            _ => layer == "components" && _random.Next(12) == 0 ? "null" : $"ST_SetSRID(ST_MakePoint({spot}), 4490)",
        };
    }

    string Name() => _random.Next(6) switch
    {
        0 => "null",
        1 => "(select string_agg(md5(random()::text), '') from generate_series(1, 120))",
        var number => Text($"'名 {number} {_random.Next(50)}'"),
    };

    string Status() => ((string[])["'完好'", "'破损'", "'移除'", "null"])[_random.Next(4)];

    string Some(string layer) => isLarge && layer == "components" ? Text($"fid % 997 = {_random.Next(997)}") : _random.Next(3) == 0 ? Text($"fid % 7 = {_random.Next(7)}") : Text($"fid in (select fid from gis.{layer} order by random() limit {_random.Next(1, 6)})");

    string Offset() => Text($"{(_random.NextDouble() - 0.5) * 0.02}");

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
