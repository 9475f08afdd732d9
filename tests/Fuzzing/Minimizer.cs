namespace CityOps.Gis.Fuzzing;

/// <summary>Makes an input small that still breaks the code in the same way: halves, then ever smaller pieces are taken out while it does (after ddmin).</summary>
public static class Minimizer
{
    const int MostTries = 3_000;

    public static byte[] Smallest(byte[] input, Func<byte[], bool> breaks)
    {
        var tries = 0;
        for (var piece = input.Length / 2; piece > 0; piece /= 2)
            for (var at = 0; at + piece <= input.Length && tries < MostTries; tries++)
                if (breaks([.. input[..at], .. input[(at + piece)..]]))
                    input = [.. input[..at], .. input[(at + piece)..]];
                else
                    at += piece;
        return input;
    }
}
