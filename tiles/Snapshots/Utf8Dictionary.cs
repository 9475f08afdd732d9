using System.IO.Hashing;

namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>Numbers unique texts from 1 as they come. Open addressing over hashes; the texts lie in one run of UTF-8.</summary>
sealed class Utf8Dictionary
{
    byte[] _texts = new byte[256];
    int[] _starts = new int[17];
    uint[] _hashes = new uint[16];
    int[] _slots = new int[32];
    int _last;

    public int Count { get; private set; }
    public long Bytes => _texts.Length + (_starts.Length + _hashes.Length + _slots.Length) * 4L;

    /// <summary>The number of a text, which is remembered if it is new.</summary>
    public int Number(ReadOnlySpan<byte> text)
    {
        // Neighbouring rows often say the same.
        if (_last > 0 && text.SequenceEqual(Text(_last)))
            return _last;
        var hash = (uint)XxHash3.HashToUInt64(text);
        var mask = _slots.Length - 1;
        for (var slot = (int)hash & mask; ; slot = (slot + 1) & mask)
        {
            var number = _slots[slot];
            if (number == 0)
                return _last = Add(text, hash, slot);
            if (_hashes[number - 1] == hash && text.SequenceEqual(Text(number)))
                return _last = number;
        }
    }

    public ReadOnlySpan<byte> Text(int number) => _texts.AsSpan(_starts[number - 1].._starts[number]);

    public (Slab<byte> Texts, Slab<int> Starts) Packed() => (new(_texts[.._starts[Count]]), new(_starts[..(Count + 1)]));

    int Add(ReadOnlySpan<byte> text, uint hash, int slot)
    {
        var start = _starts[Count];
        if (start + text.Length > _texts.Length)
            Array.Resize(ref _texts, Math.Max(_texts.Length * 2, start + text.Length));
        if (Count == _hashes.Length)
        {
            Array.Resize(ref _hashes, Count * 2);
            Array.Resize(ref _starts, Count * 2 + 1);
        }
        text.CopyTo(_texts.AsSpan(start));
        _hashes[Count++] = hash;
        _starts[Count] = start + text.Length;
        _slots[slot] = Count;
        if (Count * 2 > _slots.Length)
            Grow();
        return Count;
    }

    void Grow()
    {
        _slots = new int[_slots.Length * 2];
        var mask = _slots.Length - 1;
        for (var number = 1; number <= Count; number++)
        {
            var slot = (int)_hashes[number - 1] & mask;
            while (_slots[slot] != 0)
                slot = (slot + 1) & mask;
            _slots[slot] = number;
        }
    }
}
