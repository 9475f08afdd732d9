using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CityOps.Gis.SurveyImport.Encodings;

namespace CityOps.Gis.SurveyImport.Sources;

/// <summary>
/// Gives equal byte texts of one column the same string. Memory: 4,096 slots of (hash, string, bytes), each text in one of two neighbouring slots by its hash;
/// the older one gives way. Not thread-safe: one per reader and column.
/// </summary>
sealed class TextCache(TextDecoder decoder)
{
    const int Slots = 4096;

    readonly ulong[] _hashes = new ulong[Slots];
    readonly string?[] _texts = new string?[Slots];
    readonly byte[]?[] _bytes = new byte[]?[Slots];
    readonly int[] _lengths = new int[Slots];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public string Get(ReadOnlySpan<byte> bytes)
    {
        var hash = Hash(bytes);
        var slot = (int)(hash >> 52) & (Slots - 2);
        if (_hashes[slot] == hash && bytes.SequenceEqual(_bytes[slot].AsSpan(0, _lengths[slot])))
            return _texts[slot]!;
        if (_hashes[slot + 1] == hash && bytes.SequenceEqual(_bytes[slot + 1].AsSpan(0, _lengths[slot + 1])))
            return _texts[slot + 1]!;
        return Put(slot, hash, bytes);
    }

    // The older text's buffer is used again, so that columns without repetition allocate only their strings.
    string Put(int slot, ulong hash, ReadOnlySpan<byte> bytes)
    {
        var buffer = _bytes[slot + 1] is { } old && old.Length >= bytes.Length ? old : new byte[Math.Max(bytes.Length, 16)];
        (_hashes[slot + 1], _texts[slot + 1], _bytes[slot + 1], _lengths[slot + 1]) = (_hashes[slot], _texts[slot], _bytes[slot], _lengths[slot]);
        bytes.CopyTo(buffer);
        var text = decoder.Decode(bytes);
        (_hashes[slot], _texts[slot], _bytes[slot], _lengths[slot]) = (hash, text, buffer, bytes.Length);
        return text;
    }

    // Multiply-and-rotate over eight bytes at a time; never 0, which marks a free slot.
    static ulong Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = (ulong)bytes.Length * 0x9E3779B97F4A7C15;
        for (; bytes.Length >= 8; bytes = bytes[8..])
            hash = System.Numerics.BitOperations.RotateLeft((hash ^ MemoryMarshal.Read<ulong>(bytes)) * 0x9E3779B97F4A7C15, 29);
        ulong tail = 0;
        foreach (var b in bytes)
            tail = tail << 8 | b;
        return ((hash ^ tail) * 0xD6E8FEB86659FD93) | 1;
    }
}
