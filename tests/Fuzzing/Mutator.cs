using System.Buffers.Binary;

namespace CityOps.Gis.Fuzzing;

/// <summary>Makes wrong inputs of right ones: flipped bits, cut ends, pieces doubled, taken out or put in from another input, numbers at their edges, known words.</summary>
public sealed class Mutator(IReadOnlyList<byte[]> tokens, int mostBytes)
{
    const int MostSteps = 6;
    static readonly int[] Edges = [0, 1, -1, 127, 128, 255, 256, 32_767, 65_535, int.MaxValue, int.MinValue, 1 << 20, 1 << 30];

    /// <param name="other">An input that pieces are taken from.</param>
    public byte[] Mutate(byte[] input, byte[] other, Random random)
    {
        var bytes = input.ToList();
        for (var steps = random.Next(1, MostSteps); steps > 0; steps--)
            Step(bytes, other, random);
        if (bytes.Count > mostBytes)
            bytes.RemoveRange(mostBytes, bytes.Count - mostBytes);
        return [.. bytes];
    }

    void Step(List<byte> bytes, byte[] other, Random random)
    {
        var at = random.Next(bytes.Count + 1);
        switch (random.Next(10))
        {
            case 0 when bytes.Count > 0:
                bytes[at % bytes.Count] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when bytes.Count > 0:
                bytes[at % bytes.Count] = (byte)random.Next(256);
                break;
            case 2:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 3:
                bytes.RemoveRange(at, random.Next(Math.Min(16, bytes.Count - at) + 1));
                break;
            case 4:
                bytes.InsertRange(at, bytes.GetRange(at, random.Next(Math.Min(64, bytes.Count - at) + 1)));
                break;
            case 5 when other.Length > 0:
                var from = random.Next(other.Length);
                bytes.InsertRange(at, other.AsSpan(from, random.Next(Math.Min(256, other.Length - from) + 1)).ToArray());
                break;
            case 6 when bytes.Count >= 4:
                Number(bytes, at % (bytes.Count - 3), random);
                break;
            case 7 when tokens.Count > 0:
                var token = tokens[random.Next(tokens.Count)];
                if (random.Next(2) == 0)
                    bytes.RemoveRange(at, Math.Min(token.Length, bytes.Count - at));
                bytes.InsertRange(at, token);
                break;
            case 8 when bytes.Count > 1:
                // Deep nesting and long runs: one byte again and again.
                bytes.InsertRange(at, Enumerable.Repeat(bytes[at % bytes.Count], random.Next(1, 400)));
                break;
            default:
                bytes.Insert(at, (byte)random.Next(32, 127));
                break;
        }
    }

    static void Number(List<byte> bytes, int at, Random random)
    {
        Span<byte> number = stackalloc byte[4];
        var edge = Edges[random.Next(Edges.Length)];
        if (random.Next(2) == 0)
            BinaryPrimitives.WriteInt32LittleEndian(number, edge);
        else
            BinaryPrimitives.WriteInt32BigEndian(number, edge);
        for (var one = 0; one < number.Length; one++)
            bytes[at + one] = number[one];
    }
}
