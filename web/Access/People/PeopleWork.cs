using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace CityOps.Gis.Web.Access.People;

/// <summary>
/// One step with people: Identity's changes, those of rights and sessions and the entry in the audit log are made in one transaction, so that nothing is changed without being told of
/// and nothing is told that was not done. Gone without <see cref="Commit"/>, all of it is undone.
/// </summary>
sealed class PeopleWork : IAsyncDisposable
{
    readonly AsyncServiceScope _scope;
    readonly IDbContextTransaction _together;

    PeopleWork(AsyncServiceScope scope, IDbContextTransaction together)
        => (_scope, _together, People, Connection) = (scope, together, scope.ServiceProvider.GetRequiredService<UserManager<Person>>(), (NpgsqlConnection)together.GetDbTransaction().Connection!);

    public UserManager<Person> People { get; }

    /// <summary>In the transaction.</summary>
    public NpgsqlConnection Connection { get; }

    public static async Task<PeopleWork> Begin(IServiceScopeFactory scopes, CancellationToken cancel)
    {
        var scope = scopes.CreateAsyncScope();
        try
        {
            return new(scope, await scope.ServiceProvider.GetRequiredService<PeopleDb>().Database.BeginTransactionAsync(cancel));
        }
        catch
        {
            await scope.DisposeAsync();
            throw;
        }
    }

    public Task Commit(CancellationToken cancel) => _together.CommitAsync(cancel);

    public async ValueTask DisposeAsync()
    {
        await _together.DisposeAsync();
        await _scope.DisposeAsync();
    }
}
