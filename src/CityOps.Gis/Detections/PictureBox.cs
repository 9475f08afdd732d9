namespace CityOps.Gis.Detections;

/// <summary>A box in a picture, in shares of its width and height from the left and upper edge.</summary>
public readonly record struct PictureBox(double X, double Y, double Width, double Height)
{
    // What rounding leaves of an edge.
    const double Slack = 1e-6;

    /// <summary>Does it lie in the picture and cover something of it?</summary>
    public bool IsWithin => X >= -Slack && Y >= -Slack && Width > 0 && Height > 0 && X + Width <= 1 + Slack && Y + Height <= 1 + Slack;

    /// <summary>Where what it shows stands on the ground: the middle of its lower edge.</summary>
    public (double X, double Y) Foot => (X + Width / 2, Y + Height);
}
