using System.IO.Hashing;

namespace CityOps.Gis.Tiles.Snapshots.Predicates;

/// <summary>A set of texts in which one is looked up as UTF-8.</summary>
sealed class TextSet
{
    readonly HashSet<byte[]>.AlternateLookup<ReadOnlySpan<byte>> _texts;

    public TextSet(IEnumerable<string> texts) => _texts = texts.Select(System.Text.Encoding.UTF8.GetBytes).ToHashSet(new ByBytes()).GetAlternateLookup<ReadOnlySpan<byte>>();

    public bool Contains(ReadOnlySpan<byte> text) => _texts.Contains(text);

    sealed class ByBytes : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public bool Equals(byte[]? one, byte[]? other) => one.AsSpan().SequenceEqual(other);

        public int GetHashCode(byte[] text) => GetHashCode(text.AsSpan());

        public bool Equals(ReadOnlySpan<byte> text, byte[] other) => text.SequenceEqual(other);

        public int GetHashCode(ReadOnlySpan<byte> text) => (int)XxHash3.HashToUInt64(text);

        public byte[] Create(ReadOnlySpan<byte> text) => text.ToArray();
    }
}
