using CityOps.Gis.PostGis.Emergencies;

namespace CityOps.Gis.Web.Emergencies;

/// <summary>Registers what the command of emergencies needs beside cases and database.</summary>
public static class CommandServices
{
    public static IServiceCollection AddCommand(this IServiceCollection services) => services.AddSingleton<EmergencyList>().AddSingleton<EmergencyPeople>().AddSingleton<OpenEmergencies>().AddSingleton<AreaPicture>().AddSingleton<CommandDesk>().AddSingleton<OfficersThere>();
}
