namespace CityOps.Gis.Web.Imports;

/// <summary>A file made for one download; it goes when its content is closed.</summary>
/// <param name="IsPage">Shown in the browser and not saved.</param>
public sealed record ReportDownload(Stream Content, string Name, string Type, bool IsPage);
