using CityOps.Gis.Queries;

namespace CityOps.Gis.Tiles.Snapshots.Predicates;

/// <summary>Texts in UTF-8 without case, as <see cref="CaseFolding"/> has them. Each thread has a buffer of its own here, whose text is good until the next.</summary>
sealed class FoldedText
{
    readonly ThreadLocal<byte[]> _buffers = new(() => new byte[256]);

    public ReadOnlySpan<byte> Fold(ReadOnlySpan<byte> text)
    {
        var buffer = _buffers.Value!;
        if (buffer.Length < text.Length)
            _buffers.Value = buffer = new byte[text.Length * 2];
        for (var at = 0; at < text.Length; at++)
            buffer[at] = text[at] is >= (byte)'A' and <= (byte)'Z' ? (byte)(text[at] + 0x20) : text[at];
        for (var at = 0; at + 1 < text.Length; at++)
            if (text[at] is >= 0xC3 and <= 0xD1)
                FoldTwo(text, at++, buffer);
            else if (text[at] == 0xEF && at + 2 < text.Length && text[at + 1] == 0xBC && text[at + 2] is >= 0xA1 and <= 0xBA)
                // Full-width A–Z, U+FF21 on, whose small letters begin at U+FF41.
                (buffer[at + 1], buffer[at + 2]) = (0xBD, (byte)(text[at + 2] - 0x20));
        return buffer.AsSpan(0, text.Length);
    }

    // A character of two bytes; its small letter has two as well.
    static void FoldTwo(ReadOnlySpan<byte> text, int at, byte[] buffer)
    {
        int letter = CaseFolding.Fold((char)((text[at] & 0x1F) << 6 | (text[at + 1] & 0x3F)));
        (buffer[at], buffer[at + 1]) = ((byte)(0xC0 | letter >> 6), (byte)(0x80 | (letter & 0x3F)));
    }
}
