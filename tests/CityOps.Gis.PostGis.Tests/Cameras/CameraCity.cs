using CityOps.Gis.Access;
using CityOps.Gis.Detections;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Cameras;
using CityOps.Gis.PostGis.Cases;
using CityOps.Gis.PostGis.Detections;
using CityOps.Gis.PostGis.Surroundings;
using CityOps.Gis.Queries;
using CityOps.Gis.Testing;
using Npgsql;
using Xunit;

namespace CityOps.Gis.Tests.PostGis.Cameras;

/// <summary>The <see cref="SmallCity"/> with 400 cameras of every direction, opening and range, and one on each side of the border that looks across it.</summary>
public sealed class CameraCity : IAsyncLifetime
{
    public const string Western = "CAM-W", Eastern = "CAM-E";

    readonly PostGisDatabase _database = PostGisDatabase.Filled(SmallCity.Sql + $"""
        insert into gis.cameras (camera_id, name, status, direction, field_of_view, range_m, stream_address, geom)
        select 'C' || n, '摄像头' || n, 'online', (n * 37) % 400 - 20, case n % 10 when 0 then 360 when 1 then 0 else 30 + (n * 13) % 300 end, case n % 17 when 0 then null else 20 + (n * 29) % 380 end, 'rtsp://video.example/' || n,
            ST_SetSRID(ST_MakePoint(117.995 + ((n * 7919) % 1000) * 0.00002, 24.4 + ((n * 104729) % 1000) * 0.00001), 4490)
        from generate_series(1, 400) n;
        insert into gis.cameras (camera_id, name, status, direction, field_of_view, range_m, height_m, tilt, stream_address, geom) values
            ('{Western}', '沙坡尾枪机', 'online', 90, 70, 120, 6, 15, 'https://media.example/live/w/index.m3u8', ST_SetSRID(ST_MakePoint(118.0095, 24.4075), 4490)),
            ('{Eastern}', '东渡枪机', 'online', 270, 70, 120, null, null, null, ST_SetSRID(ST_MakePoint(118.0105, 24.4075), 4490));
        """);

    static readonly TimeZoneInfo s_zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");
    static readonly JurisdictionScope s_west = new() { Districts = ["350203"] };

    public static readonly Caller Manager = Of(Role.GridManager, s_west), Stranger = Of(Role.GridManager, new() { Districts = ["350206"] }), Leader = Of(Role.ShiftLeader, null), Dispatcher = Of(Role.Dispatcher, null),
        Officer = Of(Role.DepartmentOfficer, new() { Departments = ["1", "11"] }), Viewer = Of(Role.Viewer, null), Administrator = Of(Role.Administrator, null),
        Recogniser = new("key", "recogniser", new HashSet<Permission> { Permission.SendDetections }, s_west);

    public PostGisDatabase Database => _database;
    public NpgsqlDataSource Source => _database.Source;
    public LayerCatalog Catalog => PostGisDatabase.Catalog;
    public CameraSight Sight => new(Source, Catalog, new FeatureSurroundings(Source), null);
    public CameraList Cameras => new(Source, Catalog);
    public CameraPlans Plans => new(Source);
    public DetectionStore Store => new(Source);
    public DetectionList Detections => new(Source, Catalog);
    public DetectionDesk Desk => new(Source, Catalog, Detections, new CaseIntake(Source, Catalog, s_zone));
    public CaseDesk Cases => new(Source, Catalog, s_zone);

    public ValueTask InitializeAsync() => _database.InitializeAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    public Task<long> Camera(string id) => _database.Value<long>($"select fid from gis.cameras where camera_id = '{id}'");

    /// <summary>A sighting of the western camera; each has a number of its own unless one is given.</summary>
    public async Task<SightingOutcome> Sees(string kind, double minutesAgo, PictureBox? box = null, double confidence = 0.9, string? message = null, NewPhoto? picture = null, string camera = Western)
        => await Store.Take(new(await Camera(camera), "", message ?? Guid.NewGuid().ToString(), kind, DateTimeOffset.UtcNow.AddMinutes(-minutesAgo), confidence, box ?? new(0.4, 0.4, 0.2, 0.2), new(118.0097, 24.4075, 5, PlacingMethod.Tilt)) { Picture = picture });

    /// <summary>A picture whose bytes are told apart by a number.</summary>
    public static NewPhoto Picture(byte number) => new([0xff, 0xd8, 0xff, number], [0xff, 0xd8, 0xff, number, 0], 1600, 900);

    public async Task<CaseOutcome> Move(Caller caller, long fid, string move)
    {
        using var _ = caller.Enter();
        return await Cases.Move(fid, new CaseOrder(move, await _database.Value<int>($"select max(number) from cases.move where fid = {fid}")) { Note = "说明", Department = "11" });
    }

    static Caller Of(Role role, JurisdictionScope? scope) => new(role.Id + scope, role.Id, role.Permissions, scope) { Roles = [role.Id] };
}
