using System.Globalization;
using CityOps.Gis.Access;
using CityOps.Gis.PostGis;
using CityOps.Gis.PostGis.Access;
using CityOps.Gis.Queries;
using Npgsql;

namespace CityOps.Gis.Testing.Faults.Simulation;

/// <summary>
/// A city with people of all roles and devices, on a server and in a process of the product whose clocks are set (libfaketime): 6 districts of 24 communities, 216 unit grids,
/// 37 departments, each of which answers for some classes.
/// </summary>
public sealed class SimulatedCity : IAsyncDisposable
{
    const int Communities = 24, GridsOfACommunity = 9, Departments = 37;
    const double West = 118.00, South = 24.40, Side = 0.003;

    const string Sql = """
        insert into gis.districts (code, name, geom)
        select (350201 + d)::text, 'district ' || d, ST_MakeEnvelope(118 + d * 0.036, 24.40, 118.036 + d * 0.036, 24.409, 4490) from generate_series(0, 5) d;
        insert into gis.subdistricts (code, name, parent_code, geom)
        select (350201 + d)::text || '001', 'subdistrict ' || d, (350201 + d)::text, ST_MakeEnvelope(118 + d * 0.036, 24.40, 118.036 + d * 0.036, 24.409, 4490) from generate_series(0, 5) d;
        insert into gis.communities (code, name, parent_code, geom)
        select (350201 + d)::text || '001' || to_char(c + 1, 'FM000'), 'community ' || d || c, (350201 + d)::text || '001', ST_MakeEnvelope(118 + (d * 4 + c) * 0.009, 24.40, 118.009 + (d * 4 + c) * 0.009, 24.409, 4490)
        from generate_series(0, 5) d, generate_series(0, 3) c;
        insert into gis.unit_grids (code, parent_code, begin_date, geom)
        select c.code || to_char(g + 1, 'FM000'), c.code, '2020-01-01', ST_MakeEnvelope(ST_XMin(c.geom) + g % 3 * 0.003, 24.40 + g / 3 * 0.003, ST_XMin(c.geom) + (g % 3 + 1) * 0.003, 24.403 + g / 3 * 0.003, 4490)
        from gis.communities c, generate_series(0, 8) g;
        insert into gis.departments (code, name) select 'D' || to_char(n, 'FM00'), 'department ' || n from generate_series(1, 37) n;
        insert into cityops.responsibility select to_char(n, 'FM00'), null, 'D' || to_char(n, 'FM00') from generate_series(1, 37) n;
        insert into cityops.responsibility
        select class, (350201 + d)::text, 'D' || to_char(1 + (rank * 6 + d) % 37, 'FM00') from unnest(string_to_array('{0}', ' ')) with ordinality reported(class, rank), generate_series(0, 5) d;
        insert into gis.cameras (camera_id, name, status, direction, field_of_view, range_m, geom)
        select 'C' || row_number() over (), 'camera', 'online', 0, 90, 80, ST_Centroid(geom) from gis.unit_grids;
        """;

    /// <summary>What people report: each of them is another department's in each district.</summary>
    public static readonly IReadOnlyList<string> Classes = ["01002", "01023", "06010", "06012", "06001", "07001", "09005", "09011"];

    readonly TempFolder _files = new();
    readonly FakeClock _clock;

    SimulatedCity(FakeClock clock, TempFolder files) => (_clock, _files) = (clock, files);

    public OwnServer Server { get; } = new();
    public NpgsqlDataSource Source { get; private set; } = null!;
    public HostProcess Host { get; private set; } = null!;

    /// <summary>Codes of the communities, each with its number from west to east.</summary>
    public static IReadOnlyList<string> CommunityCodes { get; } = [.. Enumerable.Range(0, Communities).Select(one => string.Create(CultureInfo.InvariantCulture, $"{350201 + one / 4}001{one % 4 + 1:000}"))];

    public static IReadOnlyList<string> DepartmentCodes { get; } = [.. Enumerable.Range(1, Departments).Select(one => string.Create(CultureInfo.InvariantCulture, $"D{one:00}"))];

    /// <summary>Ids of the cameras, one in the middle of each grid.</summary>
    public static IReadOnlyList<string> CameraIds { get; } = [.. Enumerable.Range(1, Communities * GridsOfACommunity).Select(one => string.Create(CultureInfo.InvariantCulture, $"C{one}"))];

    /// <summary>Degrees around all of it: west, south, east, north.</summary>
    public static (double West, double South, double East, double North) Box => (West, South, West + Communities * 3 * Side, South + 3 * Side);

    /// <param name="devices">Of the kind gas-pressure, spread over the grids.</param>
    public static async Task<SimulatedCity> Make(int devices, TimeSpan ahead)
    {
        var files = new TempFolder();
        var city = new SimulatedCity(new(files.File("clock")), files);
        await Installation.Prepare(city.Server.ConnectionString, PostGisDatabase.Catalog);
        city.Source = Connections.Open(new NpgsqlConnectionStringBuilder(city.Server.ConnectionString) { Pooling = false }.ConnectionString);
        await using (var fill = city.Source.CreateCommand(Sql.Replace("{0}", string.Join(' ', Classes), StringComparison.Ordinal) + string.Create(CultureInfo.InvariantCulture, $"""
            insert into gis.devices (device_id, name, kind, geom)
            select 'gas-' || n, 'gas ' || n, 'gas-pressure', ST_SetSRID(ST_MakePoint(118.0005 + n % 216 * 0.001, 24.4005 + n % 8 * 0.001), 4490) from generate_series(1, {devices}) n
            """)))
            await fill.ExecuteNonQueryAsync();
        await city.SetClock(ahead);
        city.Host = new("keys", city.Server.ConnectionString, files.Path, city._clock.Environment);
        return city;
    }

    /// <summary>Moves the clocks of the database and of the product on.</summary>
    /// <param name="ahead">Of the real time.</param>
    public async Task SetClock(TimeSpan ahead)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"+{ahead.TotalSeconds:0}");
        await Task.WhenAll(_clock.Set(text), Server.SetClock(text));
    }

    /// <summary>The time that counts: the database's.</summary>
    public async Task<DateTimeOffset> Now() => new((DateTime)(await Value<object>("select clock_timestamp()"))!, TimeSpan.Zero);

    /// <summary>An actor who signs his requests with a key of his own.</summary>
    public async Task<Actor> Actor(string name, Role role, JurisdictionScope? scope, int seed)
    {
        var (_, key) = await new ApiKeys(Source).Make(name, [.. role.Permissions.Where(one => one != ApiKey.Never)], scope, DateTimeOffset.UtcNow.AddYears(1), "simulation");
        return new(role, new(Host.Url), key, new(seed));
    }

    public async Task<T?> Value<T>(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        command.CommandTimeout = 300;
        return await command.ExecuteScalarAsync() is T value ? value : default;
    }

    public async Task<List<string>> Rows(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        command.CommandTimeout = 3_600;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(column => reader.IsDBNull(column) ? "" : Convert.ToString(reader.GetValue(column), CultureInfo.InvariantCulture))));
        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        Host?.Dispose();
        await Source.DisposeAsync();
        Server.Dispose();
        _files.Dispose();
    }
}
