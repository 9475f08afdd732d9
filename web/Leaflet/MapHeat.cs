namespace CityOps.Gis.Leaflet;

/// <summary>Cells of a heat map as the map draws them, below the labels and the boundaries.</summary>
/// <param name="TilesUrl">URL template of Mapbox vector tiles with <c>{z}/{x}/{y}</c> and the layer <c>heat</c>.</param>
/// <param name="Property">Whole-number attribute that says a cell's colour: <c>class</c> or <c>spot</c>.</param>
/// <param name="Least">Value of <paramref name="Property"/> of the first colour; the others follow one by one.</param>
/// <param name="Colors"><c>#rrggbb</c>.</param>
/// <param name="Texts">What a cell says under the pointer, with <c>{value}</c> and <c>{count}</c>.</param>
public sealed record MapHeat(string TilesUrl, string Property, int Least, IReadOnlyList<string> Colors, string Texts);
