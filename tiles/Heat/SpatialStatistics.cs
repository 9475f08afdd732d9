namespace CityOps.Gis.Tiles.Heat;

/// <summary>Local and global association of values with those of their neighbours; weights are 1 for neighbours and 0 for others.</summary>
public static class SpatialStatistics
{
    /// <summary>
    /// Gi* of every cell as a z-score (Getis and Ord 1992; Ord and Getis 1995: the cell itself is among its neighbours): the sum over a cell and its neighbours
    /// less its expectation, over its standard deviation, if the values lay at random. 0 where all values are equal.
    /// </summary>
    public static double[] GiStar(double[] values, INeighbours neighbours, CancellationToken cancel = default)
    {
        var (count, mean) = ((double)values.Length, values.Length == 0 ? 0 : values.Average());
        var deviation = values.Length == 0 ? 0 : Math.Sqrt(values.Sum(value => value * value) / count - mean * mean);
        var (scores, found) = (new double[values.Length], new int[neighbours.Most]);
        for (var cell = 0; cell < values.Length; cell++)
        {
            if (cell % 4096 == 0)
                cancel.ThrowIfCancellationRequested();
            var (weight, sum) = (1.0 + neighbours.Of(cell, found), values[cell]);
            for (var at = 0; at < (int)weight - 1; at++)
                sum += values[found[at]];
            var spread = deviation * Math.Sqrt((count * weight - weight * weight) / (count - 1));
            scores[cell] = spread > 0 ? (sum - mean * weight) / spread : 0;
        }
        return scores;
    }

    /// <summary>
    /// Moran's I of the whole (Moran 1950) with expectation and variance under randomisation (Cliff and Ord 1981). Null for fewer than four cells, equal
    /// values, or no neighbours.
    /// </summary>
    public static MoranIndex? Moran(double[] values, INeighbours neighbours, CancellationToken cancel = default)
    {
        var (n, found, into) = ((double)values.Length, new int[neighbours.Most], new int[values.Length]);
        if (values.Length < 4)
            return null;
        var mean = values.Average();
        double squares = values.Sum(value => Square(value - mean)), fourths = values.Sum(value => Square(Square(value - mean)));
        double cross = 0, s0 = 0, s1 = 0, s2 = 0;
        for (var cell = 0; cell < values.Length; cell++)
            foreach (var other in found.AsSpan(0, neighbours.Of(cell, found)))
                into[other]++;
        for (var cell = 0; cell < values.Length; cell++)
        {
            if (cell % 4096 == 0)
                cancel.ThrowIfCancellationRequested();
            var degree = neighbours.Of(cell, found);
            foreach (var other in found.AsSpan(0, degree))
            {
                cross += (values[cell] - mean) * (values[other] - mean);
                // Half of (w_ij + w_ji)² over both orders of the pair.
                s1 += neighbours.IsSymmetric || IsBack(neighbours, other, cell) ? 2 : 1;
            }
            s0 += degree;
            s2 += Square(degree + into[cell]);
        }
        if (squares == 0 || s0 == 0)
            return null;
        var (index, expected, kurtosis) = (n / s0 * cross / squares, -1 / (n - 1), fourths / n / Square(squares / n));
        var second = (n * ((n * n - 3 * n + 3) * s1 - n * s2 + 3 * s0 * s0) - kurtosis * ((n * n - n) * s1 - 2 * n * s2 + 6 * s0 * s0)) / ((n - 1) * (n - 2) * (n - 3) * s0 * s0);
        return new(index, expected, second - expected * expected, values.Length);
    }

    static bool IsBack(INeighbours neighbours, int from, int to)
    {
        var found = new int[neighbours.Most];
        return found.AsSpan(0, neighbours.Of(from, found)).Contains(to);
    }

    static double Square(double value) => value * value;
}
