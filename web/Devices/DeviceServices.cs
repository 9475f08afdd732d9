using CityOps.Gis.Devices;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Cases;
using CityOps.Gis.PostGis.Devices;
using Npgsql;

namespace CityOps.Gis.Web.Devices;

/// <summary>Registers what devices need beside layers and database.</summary>
public static class DeviceServices
{
    /// <exception cref="LayerDefinitionException">The definition of a kind of device cannot be used.</exception>
    public static IServiceCollection AddDevices(this IServiceCollection services, GisWebOptions options)
    {
        services.AddSingleton(options.Devices).AddSingleton(DeviceKinds.Load(options.LayerFolders));
        services.AddSingleton<DeviceList>().AddSingleton<DeviceHistory>().AddSingleton<DeviceAlarms>().AddSingleton<DeviceRoster>().AddSingleton<DeviceIntake>().AddSingleton<DeviceWords>();
        services.AddSingleton(made => new DeviceReadings(made.GetRequiredService<NpgsqlDataSource>(), options.TimeZone));
        services.AddSingleton(made => new AlarmCases(made.GetRequiredService<NpgsqlDataSource>(), made.GetRequiredService<CaseIntake>(), made.GetRequiredService<DeviceKinds>()));
        // The queue ends after those who wait for it.
        services.AddSingleton<ReadingQueue>().AddHostedService(made => made.GetRequiredService<ReadingQueue>());
        services.AddHostedService<DeviceCaretaker>().AddSingleton<MqttBroker>().AddHostedService(made => made.GetRequiredService<MqttBroker>()).AddHostedService<MqttSubscriber>();
        return services;
    }
}
