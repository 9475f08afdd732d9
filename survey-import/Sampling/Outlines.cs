namespace CityOps.Gis.SurveyImport.Sampling;

/// <summary>
/// Hand-drawn outlines of an invented Xiamen: an island with two districts, an islet, an outer island and the mainland around two bays.
/// Kilometres east and north of the lattice's corner; drawn for this project, not taken from any map.
/// </summary>
static class Outlines
{
    static readonly (double X, double Y)[] Island =
    [
        (20.4, 9), (20.3, 7.2), (21.4, 5.6), (23.8, 4.4), (27.2, 4.3), (30.2, 6), (32.4, 8.8), (32.9, 12), (31.9, 15.2),
        (29, 17.5), (25.3, 17.9), (22.3, 16.9), (20.7, 15.4), (20.1, 13), (21.3, 11.6), (20.2, 10.6),
    ];

    static readonly (double X, double Y)[] Islet = [(17.2, 7), (17.6, 6.5), (18.4, 6.5), (18.8, 7.1), (18.6, 7.9), (17.8, 8.1), (17.2, 7.7)];

    static readonly (double X, double Y)[] OuterIsland = [(45.5, 13), (48, 11.4), (51.2, 12.4), (51.8, 14.6), (49, 15.9), (46.2, 15.2)];

    static readonly (double X, double Y)[] Mainland =
    [
        (2, 8), (5, 6.4), (9, 5.4), (12.5, 5), (15.5, 6.2), (17, 8.7), (17.6, 12.5), (17, 16), (15.4, 18.6), (13, 20.2), (12.6, 21.3),
        (15, 21), (17.2, 19.6), (19.4, 20.2), (20.2, 22.3), (19.3, 25.4), (20.4, 25.8), (21.5, 23.4), (22.2, 20.3), (25, 19.8), (28, 22),
        (30, 25.4), (31.6, 29.6), (33.8, 30.4), (35.6, 27.4), (36.4, 22.6), (37.2, 18.6), (40.4, 16.6), (44, 17.3), (48, 18.2), (52, 17.4),
        (55, 19.6), (56.4, 23.5), (55.2, 29), (51.8, 34), (52.6, 41), (49.5, 46.6), (44.6, 49.4), (38.6, 52.6), (33.4, 55.6), (27.4, 55),
        (20.8, 51.8), (16.4, 46), (12.6, 40.4), (8.2, 36.6), (4.2, 30.2), (4.6, 23), (2.2, 15),
    ];

    // Hills where nobody builds: centre and radius in km.
    static readonly (double X, double Y, double Radius)[] Hills =
    [
        (25.2, 7.6, 1.7), (27.4, 6.6, 1.0), (24.3, 12.2, 0.6), (27.6, 10.6, 0.6), (12, 11.6, 1.6), (11.5, 17.5, 1.4), (8, 29, 4), (15.5, 40, 6),
        (26, 46, 5), (38, 48, 5), (46, 38, 4), (48, 28, 2), (29.5, 40.5, 2.5), (21, 36, 3),
    ];

    static readonly (double X, double Y)[] Lagoon = [(21.6, 10.75), (24.4, 11.0), (24.6, 11.3), (21.6, 11.15)];

    public static bool IsLand(double x, double y)
        => (Contains(Island, x, y) || Contains(Mainland, x, y) || Contains(Islet, x, y) || Contains(OuterIsland, x, y)) && !Contains(Lagoon, x, y);

    /// <summary>How much of a hill a place is: 1 on the top, 0 off it.</summary>
    public static double Hilliness(double x, double y)
    {
        var most = 0.0;
        foreach (var hill in Hills)
            most = Math.Max(most, 1 - Math.Sqrt((x - hill.X) * (x - hill.X) + (y - hill.Y) * (y - hill.Y)) / (1.35 * hill.Radius));
        return most;
    }

    static bool Contains((double X, double Y)[] ring, double x, double y)
    {
        var isInside = false;
        for (int i = 0, j = ring.Length - 1; i < ring.Length; j = i++)
            if (ring[i].Y > y != ring[j].Y > y && x < (ring[j].X - ring[i].X) * (y - ring[i].Y) / (ring[j].Y - ring[i].Y) + ring[i].X)
                isInside = !isInside;
        return isInside;
    }
}
