namespace CityOps.Gis.Leaflet;

/// <summary>What the drawing tools and the handle say to people, in the language of the page.</summary>
/// <param name="Box">How a box is drawn; the next ones say it of the other tools.</param>
/// <param name="More">What the keys do once drawing has begun.</param>
/// <param name="Crossed">Why a polygon whose edges cross cannot be finished.</param>
/// <param name="Coordinates">What the line with coordinates shows.</param>
/// <param name="Handle">Name of the marker that people drag.</param>
/// <param name="Corner">Name of a corner that people drag.</param>
/// <param name="CornerAdd">Name of the mark on an edge that becomes a corner.</param>
/// <param name="CornersTooMany">Why no corners are shown, and what to do.</param>
public sealed record MapToolTexts(string Box, string Polygon, string Circle, string Distance, string Area, string More, string Crossed, string Coordinates, string Handle,
    string Corner, string CornerAdd, string CornersTooMany);
