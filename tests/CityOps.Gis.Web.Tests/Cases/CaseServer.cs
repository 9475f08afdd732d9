using CityOps.Gis.Access;
using CityOps.Gis.Queries;
using CityOps.Gis.Testing;
using CityOps.Gis.Web;
using Microsoft.AspNetCore.Builder;
using Xunit;

namespace CityOps.Gis.Tests.Web.Cases;

/// <summary>A host over <see cref="SmallCity"/> whose callers are the people that the header <c>X-Person</c> names.</summary>
public sealed class CaseServer : IAsyncLifetime
{
    public const string Cover = "3502030102000001";

    static readonly Dictionary<string, Caller> s_people = new[]
    {
        Of("collector", Role.GridManager, new() { Districts = ["350203"] }), Of("stranger", Role.GridManager, new() { Districts = ["350206"] }), Of("leader", Role.ShiftLeader, null), Of("dispatcher", Role.Dispatcher, null),
        Of("officer", Role.DepartmentOfficer, new() { Departments = ["11"] }), Of("viewer", Role.Viewer, null),
    }.ToDictionary(one => one.Name);

    readonly PostGisDatabase _database = PostGisDatabase.Filled(SmallCity.Sql + $"""
        insert into gis.components (code, name, class_code, class_table, status, first_date, geom) values ('{Cover}', '污水井盖', '0102', 'cjt214-2007', '完好', '2020-01-01', ST_SetSRID(ST_MakePoint(118.002, 24.402), 4490));
        """);

    WebApplication? _host;
    HttpClient? _client;

    public PostGisDatabase Database => _database;
    public string Root => _host!.Urls.First();

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        if (_database.ConnectionString == "")
            return;
        _host = GisWebHost.Build(new()
        {
            ConnectionString = _database.ConnectionString, LayerFolders = [Path.Combine(AppContext.BaseDirectory, "layers")], Urls = "http://127.0.0.1:0", Ogc = new() { IsEditable = true },
            Access = new() { Trusted = context => s_people.GetValueOrDefault(context.Request.Headers["X-Person"].ToString()) },
        });
        await _host.StartAsync();
        _client = new() { BaseAddress = new(_host.Urls.First()), DefaultRequestHeaders = { { "Accept-Language", "en" } } };
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_host is not null)
            await _host.DisposeAsync();
        await _database.DisposeAsync();
    }

    /// <summary>Sends something as a person.</summary>
    public Task<HttpResponseMessage> Send(string person, HttpMethod method, string path, HttpContent? content = null)
    {
        _ = _database.Source;
        return _client!.SendAsync(new(method, path) { Headers = { { "X-Person", person } }, Content = content });
    }

    static Caller Of(string name, Role role, JurisdictionScope? scope) => new(name, name, role.Permissions, scope) { Roles = [role.Id] };
}
