namespace CityOps.Gis.Web.Resources;

/// <summary>Names the texts of devices: <c>DeviceText.resx</c> in Chinese, <c>DeviceText.en.resx</c> in English.</summary>
public sealed class DeviceText;
