using CityOps.Gis.PostGis.Views;

namespace CityOps.Gis.Web.Components.Views;

/// <summary>Registers what belongs to a person: saved views and own grids.</summary>
public static class ViewServices
{
    public static IServiceCollection AddViews(this IServiceCollection services)
        => services.AddSingleton<SavedViews>().AddSingleton<OwnGrids>().AddSingleton<GridFigures>().AddSingleton<GridChanges>();
}
