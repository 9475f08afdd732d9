namespace CityOps.Gis.Web.Resources;

/// <summary>Names the texts of cameras and detections: <c>CameraText.resx</c> in Chinese, <c>CameraText.en.resx</c> in English.</summary>
public sealed class CameraText;
