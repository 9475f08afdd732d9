using CityOps.Gis.PostGis.SpecialTasks;

namespace CityOps.Gis.Web.SpecialTasks;

/// <summary>Registers what special tasks need beside cases and database.</summary>
public static class SpecialServices
{
    public static IServiceCollection AddSpecialTasks(this IServiceCollection services) => services.AddSingleton<SpecialTaskList>().AddSingleton<SpecialDesk>();
}
