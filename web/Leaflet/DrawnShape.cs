namespace CityOps.Gis.Leaflet;

/// <summary>What was drawn with a tool.</summary>
/// <param name="Places">Two opposite corners of a box, the corners of a polygon (the first not again at the end), the centre of a circle, the places of a path.</param>
/// <param name="Meters">Along the ellipsoid of CGCS2000: radius of a circle, length of a path, perimeter of a measured polygon; null for a selection by box or polygon.</param>
public sealed record DrawnShape(MapTool Tool, IReadOnlyList<MapPlace> Places, double? Meters)
{
    /// <summary>Of a measured polygon, on the ellipsoid.</summary>
    public double? SquareMeters { get; init; }

    // The list is compared place by place: a shape read from an address equals the one that was drawn.
    public bool Equals(DrawnShape? other) => other is not null && Tool == other.Tool && Meters == other.Meters && SquareMeters == other.SquareMeters && Places.SequenceEqual(other.Places);

    public override int GetHashCode() => HashCode.Combine(Tool, Meters, Places.Count, Places.Count > 0 ? Places[0] : null);
}
