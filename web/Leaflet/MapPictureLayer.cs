namespace CityOps.Gis.Leaflet;

/// <summary>A layer in the legend of a picture.</summary>
/// <param name="Geometry"><c>point</c>, <c>line</c>, <c>polygon</c> or <c>any</c>: how its sign is drawn.</param>
/// <param name="Color"><c>#rrggbb</c>.</param>
/// <param name="Count">How many features it has in the question, written for people; null where that says nothing.</param>
/// <param name="Entries">What its colours stand for.</param>
public sealed record MapPictureLayer(string Title, string Geometry, string Color, string? Count, IReadOnlyList<MapPictureEntry> Entries);
