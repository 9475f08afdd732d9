using System.Globalization;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;
using CityOps.Gis.Queries;
using CityOps.Gis.Tiling;
using NetTopologySuite.Geometries;
using Npgsql;
using Xunit;

namespace CityOps.Gis.Testing;

/// <summary>
/// Two layers of every type of field, in tiles or not, one of points and one of anything, with the values in memory beside: for questions that every executor must answer alike.
/// Places lie in the middle of world units, which are as exact as a snapshot is.
/// </summary>
public sealed class OddLayers : IAsyncLifetime
{
    public const int Rows = 1_000;
    const double Units = 4294967296.0;

    readonly PostGisDatabase _database = new();
    readonly SemaphoreSlim _once = new(1);
    Dictionary<string, IReadOnlyList<IReadOnlyDictionary<string, object?>>>? _made;

    public static LayerCatalog Catalog { get; } = Load();

    public NpgsqlDataSource Source => _database.Source;
    public PostGisDatabase Database => _database;

    /// <summary>Departments and what stands above each.</summary>
    public static IReadOnlyDictionary<string, string> Above { get; } = Enumerable.Range(4, 20).ToDictionary(Text, number => Text(number / 3));

    public async ValueTask InitializeAsync() => await _database.InitializeAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    /// <summary>A layer's features as they were written, by property.</summary>
    public async Task<IReadOnlyList<IReadOnlyDictionary<string, object?>>> Of(LayerDefinition layer)
    {
        await _once.WaitAsync();
        try
        {
            return (_made ??= await Make())[layer.Id];
        }
        finally
        {
            _once.Release();
        }
    }

    /// <summary>Texts that occur in each property.</summary>
    public static Dictionary<string, string[]> Words(IReadOnlyList<IReadOnlyDictionary<string, object?>> rows)
        => rows.SelectMany(row => row).Where(one => one.Value is string or string[]).GroupBy(one => one.Key)
            .ToDictionary(group => group.Key, group => group.SelectMany(one => one.Value as string[] ?? [(string)one.Value!]).Distinct().Take(200).Append("nowhere").ToArray());

    async Task<Dictionary<string, IReadOnlyList<IReadOnlyDictionary<string, object?>>>> Make()
    {
        await _database.Run($"insert into gis.departments (code, name, parent_code) values {string.Join(", ", Enumerable.Range(1, 23).Select(number => $"('{number}', '{number}', {(number > 3 ? $"'{number / 3}'" : "null")})"))}");
        var made = new Dictionary<string, IReadOnlyList<IReadOnlyDictionary<string, object?>>>();
        foreach (var layer in Catalog.Layers)
        {
            var rows = Enumerable.Range(1, Rows).Select(IReadOnlyDictionary<string, object?> (number) => Row(new(number * 7919), layer, number)).ToList();
            await using var connection = await Source.OpenConnectionAsync();
            await LayerTable.Ensure(connection, layer);
            await Write(connection, layer, rows);
            made[layer.Id] = rows;
        }
        return made;
    }

    static async Task Write(NpgsqlConnection connection, LayerDefinition layer, List<IReadOnlyDictionary<string, object?>> rows)
    {
        await using (var bulk = new NpgsqlCommand("set cityops.bulk = 'on'", connection))
            await bulk.ExecuteNonQueryAsync();
        var columns = Queryables.Of(layer);
        await using var copy = await connection.BeginBinaryImportAsync($"copy {SqlName.Table(layer.Id)} ({string.Join(", ", columns.Select(one => SqlName.Quote(one.Name)))}) from stdin (format binary)");
        foreach (var row in rows)
        {
            await copy.StartRowAsync();
            foreach (var column in columns)
                if (row.GetValueOrDefault(column.Name) is not { } value)
                    await copy.WriteNullAsync();
                else if (value is DateTimeOffset moment)
                    await copy.WriteAsync(moment.UtcDateTime, NpgsqlTypes.NpgsqlDbType.TimestampTz);
                else
                    await copy.WriteAsync(value);
        }
        await copy.CompleteAsync();
    }

    static Dictionary<string, object?> Row(Random random, LayerDefinition layer, int number)
    {
        string? Maybe(double chance, Func<string> make) => random.NextDouble() < chance ? make() : null;
        T One<T>(params T[] choices) => choices[random.Next(choices.Length)];
        var (x, y) = (random.NextDouble(), random.NextDouble());
        var place = Place(random, layer, 118 + x * 0.2, 24.4 + y * 0.2);
        return new()
        {
            ["fid"] = (long)number,
            ["geom"] = place,
            ["district_code"] = Text(350201 + (int)(x * 4)),
            ["subdistrict_code"] = Maybe(0.9, () => Text(350201 + (int)(x * 4)) + "00" + (int)(y * 5)),
            ["community_code"] = Maybe(0.8, () => Text(350201 + (int)(x * 4)) + "00" + (int)(y * 5) + "00" + (int)(x * 9)),
            ["grid_code"] = Maybe(0.8, () => "350201001001" + ((int)(x * 20) * 20 + (int)(y * 20)).ToString("000", CultureInfo.InvariantCulture)),
            ["department_code"] = Maybe(0.8, () => Text(random.Next(1, 26))),
            ["class_code"] = Maybe(0.9, () => $"0{random.Next(1, 5)}0{random.Next(1, 4)}"),
            ["status"] = Maybe(0.8, () => One("完好", "完好", "破损", "移除", "a%b_c\\d", "'; drop table x; --")),
            ["occurred_at"] = random.Next(5) == 0 ? null : random.Next(40) == 0 ? One(DateTimeOffset.MinValue, DateTimeOffset.MaxValue) : Moment(random),
            ["code"] = number.ToString("0000000", CultureInfo.InvariantCulture),
            ["name"] = Maybe(0.9, () => One("雨水井盖", "污水井盖 ＡＢ", "Lamp Ä", "LAMP ö", "ЖЁЛТЫЙ", "Σίσυφος", "100%", "x_y", "𠀀字", "") + (random.Next(2) == 0 ? "" : Text(random.Next(30)))),
            ["alias"] = Maybe(0.7, () => One("Тротуар ", "Straße ", "街 ") + random.Next(100_000)),
            ["amount"] = random.Next(5) == 0 ? null : random.Next(30) == 0 ? One(long.MaxValue, long.MinValue, 9007199254740993) : (long)random.Next(-20, 200),
            ["weight"] = random.Next(5) == 0 ? null : random.Next(30) == 0 ? One(double.NaN, double.PositiveInfinity, 1e308, 1e-300, -0.0) : random.Next(-40, 400) / 8.0,
            ["is_open"] = random.Next(4) == 0 ? null : random.Next(2) == 0,
            ["seen_on"] = random.Next(5) == 0 ? null : random.Next(40) == 0 ? One(DateOnly.MinValue, DateOnly.MaxValue, new DateOnly(9999, 12, 30), new DateOnly(1, 1, 2), new DateOnly(12, 3, 4)) : new DateOnly(2023, 12, 1).AddDays(random.Next(430)),
            ["checked_at"] = random.Next(5) == 0 ? null : random.Next(40) == 0 ? One(DateTimeOffset.MinValue, DateTimeOffset.MaxValue) : Moment(random),
            ["remark"] = Maybe(0.6, () => One("旧", "新 Lamp", "ＸＹ", "x_y%")),
            ["tags"] = random.Next(4) == 0 ? null : Enumerable.Range(0, random.Next(4)).Select(_ => One("红", "绿", "a;b", "")).ToArray(),
            ["valid_from"] = Moment(random),
            ["hidden"] = random.Next(3) == 0 ? null : (long)random.Next(10),
        };
    }

    static DateTimeOffset Moment(Random random)
        => random.Next(6) == 0
            ? new DateTimeOffset(new DateOnly(2023, 12, 1).AddDays(random.Next(430)).ToDateTime(TimeOnly.MinValue), TimeSpan.FromHours(8)).ToUniversalTime().AddMicroseconds(random.Next(-1, 2))
            : new DateTimeOffset(2023, 12, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(random.Next(430 * 86400)).AddMicroseconds(random.Next(2) * random.Next(1_000_000));

    static Geometry? Place(Random random, LayerDefinition layer, double x, double y)
    {
        var factory = new GeometryFactory(new PrecisionModel(), 4490);
        if (random.Next(40) == 0)
            return random.Next(2) == 0 ? null : factory.CreatePoint(new NetTopologySuite.Geometries.Implementation.CoordinateArraySequence(0, 2, 0));
        Coordinate Near(double reach) => Middle(x + (random.NextDouble() - 0.5) * reach, y + (random.NextDouble() - 0.5) * reach);
        Polygon Box(double reach, double shift = 0) => factory.ToGeometry(new Envelope(Middle(x - reach + shift, y - reach + shift), Middle(x + reach + shift, y + reach + shift))) as Polygon ?? factory.CreatePolygon();
        return (layer.Geometry == GeometryKind.Point ? 9 : random.Next(10)) switch
        {
            0 => factory.CreateLineString([Middle(x, y), Near(0.03), Near(0.03)]),
            1 => factory.CreateLineString([Middle(x, y), Near(0.0005)]),
            2 => Box(0.0005 + random.NextDouble() * 0.004),
            3 => factory.CreatePolygon(Box(0.02).Shell, [Box(0.015).Shell]),
            4 => factory.CreateMultiPolygon([Box(0.001), Box(0.002, 0.01)]),
            5 => factory.CreateMultiPointFromCoords([Middle(x, y), Near(0.02)]),
            _ => factory.CreatePoint(Middle(x, y)),
        };
    }

    static Coordinate Middle(double longitude, double latitude)
        => new(WebMercator.Longitude((Math.Floor(WebMercator.U(longitude) * Units) + 0.5) / Units), WebMercator.Latitude((Math.Floor(WebMercator.V(latitude) * Units) + 0.5) / Units));

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    static LayerCatalog Load()
    {
        using var folder = new TempFolder();
        Define(folder.Path);
        return LayerCatalog.Load(folder.Path);
    }

    /// <summary>Writes the definitions into a folder, for a program that reads them there.</summary>
    public static void Define(string folder)
    {
        foreach (var (id, geometry) in new[] { ("odd_points", "point"), ("odd_shapes", "any") })
            File.WriteAllText(Path.Combine(folder, id + ".json"), $$"""
                {
                  "id": "{{id}}", "title": { "zh": "奇", "en": "Odd" }, "geometry": "{{geometry}}", "key": "code", "removedStatus": "移除",
                  "zooms": { "min": 5, "countBy": "status" },
                  "fields": [
                    { "name": "code", "title": { "zh": "码", "en": "Code" }, "inTile": true, "searchable": true },
                    { "name": "name", "title": { "zh": "名", "en": "Name" }, "inTile": true, "searchable": true },
                    { "name": "alias", "title": { "zh": "别名", "en": "Alias" }, "inTile": true },
                    { "name": "class_code", "title": { "zh": "类", "en": "Class" }, "inTile": true },
                    { "name": "status", "title": { "zh": "状态", "en": "Status" }, "inTile": true },
                    { "name": "occurred_at", "title": { "zh": "时间", "en": "Time" }, "type": "dateTime" },
                    { "name": "amount", "title": { "zh": "数", "en": "Amount" }, "type": "integer", "inTile": true },
                    { "name": "weight", "title": { "zh": "重", "en": "Weight" }, "type": "real", "inTile": true },
                    { "name": "is_open", "title": { "zh": "开", "en": "Open" }, "type": "boolean", "inTile": true },
                    { "name": "seen_on", "title": { "zh": "日", "en": "Day" }, "type": "date", "inTile": true },
                    { "name": "checked_at", "title": { "zh": "检", "en": "Checked" }, "type": "dateTime", "inTile": true },
                    { "name": "remark", "title": { "zh": "注", "en": "Remark" } },
                    { "name": "tags", "title": { "zh": "签", "en": "Tags" }, "type": "list" },
                    { "name": "hidden", "title": { "zh": "隐", "en": "Hidden" }, "type": "integer" }
                  ]
                }
                """);
    }
}
