namespace CityOps.Gis.Leaflet;

/// <summary>The map as a page to hand on: the view with its title, legend and scale.</summary>
/// <param name="Title">Above the map; also names the file.</param>
/// <param name="Subtitle">What is asked of the layers, in a line.</param>
/// <param name="Legend">The layers that are drawn.</param>
/// <param name="Footer">Below the map: whose it is, and when it was made.</param>
/// <param name="IsPdf">A PDF of one A4 page; else a PNG.</param>
public sealed record MapPicture(string Title, string Subtitle, IReadOnlyList<MapPictureLayer> Legend, string Footer, bool IsPdf);
