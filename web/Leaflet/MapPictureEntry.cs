namespace CityOps.Gis.Leaflet;

/// <summary>A colour in the legend of a picture, what it stands for, and how many features that are.</summary>
public sealed record MapPictureEntry(string Color, string Name, string? Count);
