using CityOps.Gis.Testing;
using Xunit;

namespace CityOps.Gis.Tests.SurveyImport.Loading;

/// <summary>Tests on the small city's database: each begins without components and batches, with a folder of its own.</summary>
public abstract class SmallCityTests(PostGisDatabase database) : IClassFixture<PostGisDatabase>, IAsyncLifetime
{
    protected PostGisDatabase Database { get; } = database;
    protected TempFolder Folder { get; } = new();

    public async ValueTask InitializeAsync()
    {
        if (await Database.Value<long>("select count(*) from gis.districts") == 0)
            await Database.Run(SmallCity.Sql);
        await Database.Run("delete from cityops.batch; truncate gis.components; truncate gis.components_history");
    }

    public ValueTask DisposeAsync()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
