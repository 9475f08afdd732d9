namespace CityOps.Gis.Devices;

/// <summary>On which side of its threshold a value is an alarm.</summary>
public enum AlarmSide
{
    Above,
    Below,
}
