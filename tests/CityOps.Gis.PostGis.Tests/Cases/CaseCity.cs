using CityOps.Gis.Access;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Cases;
using CityOps.Gis.Queries;
using CityOps.Gis.Testing;
using Npgsql;
using Xunit;

namespace CityOps.Gis.Tests.PostGis.Cases;

/// <summary>The <see cref="SmallCity"/> with a manhole cover in each district, where cases are reported and moved.</summary>
public sealed class CaseCity : IAsyncLifetime
{
    public const string Cover = "3502030102000001", EasternCover = "3502060102000001", Nobodys = "3502030901000001";

    readonly PostGisDatabase _database = PostGisDatabase.Filled(SmallCity.Sql + $"""
        insert into gis.components (code, name, class_code, class_table, supervisor_code, owner_code, status, first_date, geom) values
            ('{Cover}', '污水井盖', '0102', 'cjt214-2007', null, null, '完好', '2020-01-01', ST_SetSRID(ST_MakePoint(118.002, 24.402), 4490)),
            ('{EasternCover}', '污水井盖', '0102', 'cjt214-2007', null, null, '完好', '2020-01-01', ST_SetSRID(ST_MakePoint(118.012, 24.402), 4490)),
            ('{Nobodys}', '无主设施', '0901', 'cjt214-2007', null, '11', '完好', '2020-01-01', ST_SetSRID(ST_MakePoint(118.003, 24.403), 4490));
        """);

    public static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");
    public static readonly NewPhoto Photo = new([0xff, 0xd8, 0xff, 1, 2, 3], [0xff, 0xd8, 0xff, 1], 640, 480);
    static readonly JurisdictionScope West = new() { Districts = ["350203"] };

    public static readonly Caller Collector = Of(Role.GridManager, West), Leader = Of(Role.ShiftLeader, null), Dispatcher = Of(Role.Dispatcher, null), Operator = Of(Role.CaseOperator, West),
        Officer = Of(Role.DepartmentOfficer, new() { Departments = ["11"] }), Others = Of(Role.DepartmentOfficer, new() { Departments = ["2"] }), Stranger = Of(Role.GridManager, new() { Districts = ["350206"] }),
        Viewer = Of(Role.Viewer, null);

    public PostGisDatabase Database => _database;
    public NpgsqlDataSource Source => _database.Source;
    public LayerCatalog Catalog => PostGisDatabase.Catalog;
    public CaseDesk Desk => new(Source, Catalog, Zone);
    public CaseIntake Intake => new(Source, Catalog, Zone);
    public CaseHistory History => new(Source);

    public ValueTask InitializeAsync() => _database.InitializeAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    public static Caller Of(Role role, JurisdictionScope? scope, string? name = null) => new(name ?? role.Id, name ?? role.Id, role.Permissions, scope) { Roles = [role.Id] };

    public async Task<CaseOutcome> Report(Caller caller, CaseReport report)
    {
        using var _ = caller.Enter();
        return await Intake.Report(report);
    }

    /// <summary>A case at the western cover.</summary>
    public async Task<CaseState> Reported(string classCode = "06012")
    {
        var outcome = await Report(Collector, new(classCode, "井盖旁有垃圾") { ComponentCode = Cover });
        Assert.True(outcome.IsDone, outcome.Refusal?.Sentence.En);
        return outcome.State;
    }

    /// <summary>A move after the last one, whatever it is.</summary>
    public async Task<CaseOutcome> Move(Caller caller, long fid, string move, Func<CaseOrder, CaseOrder>? with = null)
    {
        var after = await _database.Value<int>($"select coalesce(max(number), 0) from cases.move where fid = {fid}");
        using var _ = caller.Enter();
        var order = new CaseOrder(move, after) { Note = "说明", Department = "11", DelayMinutes = 60, Photos = [Photo] };
        return await Desk.Move(fid, with?.Invoke(order) ?? order);
    }

    /// <summary>Moves that must succeed, one after the other.</summary>
    public async Task<CaseState> Moves(long fid, params (Caller Who, string Move)[] moves)
    {
        CaseState? state = null;
        foreach (var (who, move) in moves)
        {
            var outcome = await Move(who, fid, move);
            Assert.True(outcome.IsDone, $"{move}: {outcome.Refusal?.Sentence.En}");
            state = outcome.State;
        }
        return state!;
    }
}
