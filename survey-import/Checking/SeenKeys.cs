using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace CityOps.Gis.SurveyImport.Checking;

/// <summary>
/// Keys seen in a delivery: an open-addressing table of 64-bit numbers (8 bytes a key at load up to 0.7; ten million keys take 134 MB). Keys of up to 18 digits,
/// all identification codes among them, are the number itself and so exact; other keys are a 64-bit hash, where two of ten million collide once in 400,000 deliveries.
/// </summary>
public sealed class SeenKeys
{
    const ulong HashMark = 1UL << 63;
    ulong[] _slots = new ulong[1 << 16];
    int _count;

    /// <summary>False when the key was seen before.</summary>
    public bool Add(string key)
    {
        if (_count * 10L > _slots.Length * 7L)
            Grow();
        if (!Insert(_slots, Number(key)))
            return false;
        _count++;
        return true;
    }

    static ulong Number(string key)
    {
        if (key.Length is > 18 or 0 || key[0] == '0')
            return XxHash3.HashToUInt64(MemoryMarshal.AsBytes(key.AsSpan())) | HashMark;
        var number = 0UL;
        foreach (var digit in key)
        {
            if (!char.IsAsciiDigit(digit))
                return XxHash3.HashToUInt64(MemoryMarshal.AsBytes(key.AsSpan())) | HashMark;
            number = number * 10 + (uint)(digit - '0');
        }
        return number;
    }

    static bool Insert(ulong[] slots, ulong number)
    {
        var mask = slots.Length - 1;
        for (var at = (int)(number * 0x9E3779B97F4A7C15UL >> 32) & mask; ; at = (at + 1) & mask)
        {
            if (slots[at] == number)
                return false;
            if (slots[at] != 0)
                continue;
            slots[at] = number;
            return true;
        }
    }

    void Grow()
    {
        var larger = new ulong[_slots.Length * 2];
        foreach (var number in _slots)
            if (number != 0)
                Insert(larger, number);
        _slots = larger;
    }
}
