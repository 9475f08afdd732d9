using System.CommandLine;
using CityOps.Gis.PostGis.Access;
using CityOps.Gis.Web.Access;
using CityOps.Gis.Web.Access.Keys;
using CityOps.Gis.Web.Access.People;

namespace CityOps.Gis.Web.Commands;

/// <summary>What commands about people work on: the database, and the parts of the host that know people.</summary>
sealed class PeopleDesk : IAsyncDisposable
{
    readonly Workspace _workspace;
    readonly ServiceProvider _services;

    PeopleDesk(Workspace workspace, ServiceProvider services) => (_workspace, _services) = (workspace, services);

    public PersonRegister Register => _services.GetRequiredService<PersonRegister>();
    public PersonDirectory Directory => _services.GetRequiredService<PersonDirectory>();
    public KeyRegister Keys => _services.GetRequiredService<KeyRegister>();

    public static async Task<PeopleDesk> Open(ParseResult parsed, CancellationToken cancel)
    {
        var workspace = await Workspace.Open(parsed, cancel);
        var options = new AccessOptions();
        var services = new ServiceCollection().AddLogging().AddSingleton(workspace.Source).AddAccess(options).AddSignIn(options);
        return new(workspace, services.BuildServiceProvider());
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _workspace.DisposeAsync();
    }
}
