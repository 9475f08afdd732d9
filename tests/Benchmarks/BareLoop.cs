using CityOps.Gis.Heat;
using CityOps.Gis.Tiles.Snapshots;

namespace CityOps.Gis.Benchmarks;

/// <summary>
/// The least that counting everything can cost when every place is read: two threads, two arrays of whole numbers, a multiplication and a shift for either, and one cell
/// counted up. Its rows are equal in Web Mercator, which the product's are not; it knows no condition and no part.
/// </summary>
static class BareLoop
{
    /// <summary>Milliseconds, warm.</summary>
    public static double Run(LayerSnapshot snapshot, HeatGrid lattice)
    {
        int[] x = [.. snapshot.X[..snapshot.Placed].ToArray().Select(one => (int)(one >> 1))], y = [.. snapshot.Y[..snapshot.Placed].ToArray().Select(one => (int)(one >> 1))];
        var (left, top) = (x.Min(), y.Min());
        var scale = lattice.Scale >> 7;
        int Cell(int units) => (int)(units * scale >> 32);
        var (width, height) = (Cell(x.Max() - left) + 1, Cell(y.Max() - top) + 1);
        var time = HeatTime.Of(() => new(0, Count(x, y, left, top, scale, width, height), 0), least: 20);
        HeatBench.Say($"bare loop over two arrays, two threads, {width} × {height} cells: {time}");
        return time.Milliseconds;
    }

    static long Count(int[] x, int[] y, int left, int top, long scale, int width, int height)
    {
        var (half, cells) = (x.Length / 2, new int[2][]);
        System.Threading.Tasks.Parallel.For(0, 2, new ParallelOptions { MaxDegreeOfParallelism = 2 }, thread =>
        {
            var own = cells[thread] = new int[width * height];
            for (int at = thread * half, end = thread == 0 ? half : x.Length; at < end; at++)
                own[(int)((y[at] - top) * scale >> 32) * width + (int)((x[at] - left) * scale >> 32)]++;
        });
        var sum = 0L;
        for (var cell = 0; cell < cells[0].Length; cell++)
            sum += cells[0][cell] += cells[1][cell];
        return sum;
    }
}
