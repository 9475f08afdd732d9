namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>A field that the definition sends to tiles. Which of the members holds the values, <see cref="Kind"/> says.</summary>
public sealed class AttributeColumn
{
    readonly Slab<ulong> _nulls;

    internal AttributeColumn(string name, CodeColumn codes) => (Name, Kind, Codes, _nulls) = (name, AttributeKind.Codes, codes, Slab<ulong>.Empty);

    internal AttributeColumn(string name, PooledText pool) => (Name, Kind, Pool, _nulls) = (name, AttributeKind.Pooled, pool, Slab<ulong>.Empty);

    internal AttributeColumn(string name, AttributeKind kind, Slab<int> ints, Slab<long> longs, Slab<double> reals, Slab<byte> booleans, Slab<ulong> nulls)
        => (Name, Kind, Ints, Longs, Reals, Booleans, _nulls) = (name, kind, ints, longs, reals, booleans, nulls);

    public string Name { get; }
    public AttributeKind Kind { get; }

    /// <summary>Texts of <see cref="AttributeKind.Codes"/>; of <c>class_code</c> and <c>status</c> the very column that questions are asked of.</summary>
    public CodeColumn? Codes { get; }
    public PooledText? Pool { get; }

    /// <summary>Integers: four bytes where all fit, else <see cref="Longs"/>.</summary>
    public Slab<int> Ints { get; } = Slab<int>.Empty;
    public Slab<long> Longs { get; } = Slab<long>.Empty;
    public Slab<double> Reals { get; } = Slab<double>.Empty;

    /// <summary>0 = no, 1 = yes.</summary>
    public Slab<byte> Booleans { get; } = Slab<byte>.Empty;

    /// <summary>Memory of its own; none where it is a column that questions are asked of.</summary>
    public long Bytes => (IsShared ? 0 : Codes?.Bytes ?? 0) + (Pool?.IndexBytes + Pool?.TextBytes ?? 0) + Ints.Bytes + Longs.Bytes + Reals.Bytes + Booleans.Bytes + _nulls.Bytes;
    public bool IsShared => Name is "class_code" or "status";

    public bool IsNull(int row) => Kind switch
    {
        AttributeKind.Codes => Codes![row] == 0,
        AttributeKind.Pooled => Pool!.IsNull(row),
        _ => _nulls.Length > 0 && (_nulls[row >> 6] >> row & 1) != 0,
    };

    /// <summary>The text of a row as UTF-8; of codes and pooled texts only.</summary>
    public ReadOnlySpan<byte> Utf8(int row) => Kind == AttributeKind.Codes ? Codes!.Utf8(Codes[row]) : Pool!.Utf8(row);

    public long Integer(int row) => Ints.Length > 0 ? Ints[row] : Longs[row];

    public double Real(int row) => Reals[row];

    public bool Boolean(int row) => Booleans[row] != 0;

    internal static AttributeColumn Read(SectionReader from, CodeColumn classes, CodeColumn statuses)
    {
        var (name, kind) = (from.Text(), (AttributeKind)from.Long());
        return kind switch
        {
            AttributeKind.Codes => new(name, name switch { "class_code" => classes, "status" => statuses, _ => CodeColumn.Read(from) }),
            AttributeKind.Pooled => new(name, PooledText.Read(from)),
            _ => new(name, kind, from.Slab<int>(), from.Slab<long>(), from.Slab<double>(), from.Slab<byte>(), from.Slab<ulong>()),
        };
    }

    internal void Write(SectionWriter to)
    {
        to.Text(Name);
        to.Long((long)Kind);
        if (Kind == AttributeKind.Codes)
        {
            if (!IsShared)
                Codes!.Write(to);
            return;
        }
        if (Kind == AttributeKind.Pooled)
        {
            Pool!.Write(to);
            return;
        }
        to.Slab(Ints);
        to.Slab(Longs);
        to.Slab(Reals);
        to.Slab(Booleans);
        to.Slab(_nulls);
    }
}
