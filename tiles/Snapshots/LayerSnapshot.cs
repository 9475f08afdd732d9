using CityOps.Gis.Layers;

namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>
/// A layer in memory as of one version: columns of primitives, rows in Hilbert order, rows without a place last. Never changes, so readers need no lock:
/// they keep one reference per request and a new snapshot is published with one reference write.
/// </summary>
public sealed class LayerSnapshot
{
    long _bytes;

    internal LayerSnapshot(LayerDefinition layer, long version, WorldBox frame, int placed, Slab<uint> x, Slab<uint> y, FidColumn fids, CodeColumn[] codes,
        TimeColumn time, Shapes shapes, AttributeColumn[] attributes, DepartmentTree departments, BlockIndex blocks, BlockSums? sums = null)
    {
        (Layer, Version, Frame, Placed, XColumn, YColumn, Fids, Codes, Time) = (layer, version, frame, placed, x, y, fids, codes, time);
        (Shapes, Attributes, Departments, Blocks) = (shapes, attributes, departments, blocks);
        CellKeys = CellKeys.Of(layer, codes);
        Sums = sums ?? BlockSums.Make(layer, placed, x, y, codes, CellKeys);
    }

    public LayerDefinition Layer { get; }

    /// <summary><c>cityops.layer.version</c> at which it was read.</summary>
    public long Version { get; }
    public int Count => XColumn.Length;

    /// <summary>The box the Hilbert curve is laid over: that of the spots when the layer was loaded, kept when changes are merged in.</summary>
    public WorldBox Frame { get; }

    /// <summary>Rows below this have a place.</summary>
    public int Placed { get; }

    /// <summary>Spots in world units (<see cref="WorldBox"/>): of points the point, of others the middle of their box in degrees.</summary>
    public ReadOnlySpan<uint> X => XColumn.Span;
    public ReadOnlySpan<uint> Y => YColumn.Span;
    public FidColumn Fids { get; }

    /// <summary>The columns of <see cref="SnapshotColumns.Codes"/>, in that order.</summary>
    public IReadOnlyList<CodeColumn> Codes { get; }
    public CodeColumn District => Codes[0];
    public CodeColumn Subdistrict => Codes[1];
    public CodeColumn Community => Codes[2];
    public CodeColumn Grid => Codes[3];
    public CodeColumn Department => Codes[4];
    public CodeColumn Class => Codes[5];
    public CodeColumn Status => Codes[6];
    public TimeColumn Time { get; }
    public Shapes Shapes { get; }

    /// <summary>Fields sent to tiles, in the definition's order.</summary>
    public IReadOnlyList<AttributeColumn> Attributes { get; }
    public DepartmentTree Departments { get; }
    public BlockIndex Blocks { get; }
    public BlockSums Sums { get; }

    /// <summary>Null where aggregated cells have one count only.</summary>
    public CellKeys? CellKeys { get; }

    /// <summary>Memory of all columns.</summary>
    public long Bytes => _bytes > 0 ? _bytes : _bytes = Report().Sum(column => column.Bytes);

    /// <summary>Bytes of texts that have no dictionary.</summary>
    public long PooledTextBytes => Attributes.Sum(one => one.Pool?.TextBytes ?? 0);

    internal Slab<uint> XColumn { get; }
    internal Slab<uint> YColumn { get; }

    /// <summary>Memory column by column.</summary>
    public IEnumerable<(string Column, long Bytes)> Report() =>
    [
        ("x", XColumn.Bytes), ("y", YColumn.Bytes), ("fid", Fids.Bytes),
        .. Codes.Select(column => (column.Name, column.Bytes)),
        ("time", Time.Bytes), ("shapes", Shapes.Bytes),
        .. Attributes.Where(one => !one.IsShared).Select(one => ("attribute " + one.Name, one.Bytes)),
        ("blocks", Blocks.Bytes + Sums.Bytes),
    ];

    internal static LayerSnapshot Make(LayerDefinition layer, long version, WorldBox frame, int placed, Slab<uint> x, Slab<uint> y, FidColumn fids, CodeColumn[] codes,
        TimeColumn time, Shapes shapes, AttributeColumn[] own, DepartmentTree departments)
    {
        var byName = own.ToDictionary(one => one.Name);
        var attributes = layer.StoredFields.Where(field => field.InTile).Select(field => field.Name switch
        {
            "class_code" => new AttributeColumn(field.Name, codes[5]),
            "status" => new AttributeColumn(field.Name, codes[6]),
            _ => byName[field.Name],
        });
        return new(layer, version, frame, placed, x, y, fids, codes, time, shapes, [.. attributes], departments,
            BlockIndex.Make(x.Length, placed, x, y, time, shapes, codes));
    }

    internal static LayerSnapshot Read(SectionReader from, LayerDefinition layer)
    {
        var (version, frame) = (from.Long(), new WorldBox((uint)from.Long(), (uint)from.Long(), (uint)from.Long(), (uint)from.Long()));
        var (placed, x, y) = ((int)from.Long(), from.Slab<uint>(), from.Slab<uint>());
        var fids = FidColumn.Read(from);
        var codes = SnapshotColumns.Codes.Select(_ => CodeColumn.Read(from)).ToArray();
        var (time, shapes) = (TimeColumn.Read(from), Shapes.Read(from));
        var attributes = new AttributeColumn[from.Long()];
        for (var at = 0; at < attributes.Length; at++)
            attributes[at] = AttributeColumn.Read(from, codes[5], codes[6]);
        return new(layer, version, frame, placed, x, y, fids, codes, time, shapes, attributes, DepartmentTree.Read(from), BlockIndex.Read(from), BlockSums.Read(from));
    }

    internal void Write(SectionWriter to)
    {
        to.Long(Version);
        foreach (var edge in (ReadOnlySpan<uint>)[Frame.MinX, Frame.MinY, Frame.MaxX, Frame.MaxY])
            to.Long(edge);
        to.Long(Placed);
        to.Slab(XColumn);
        to.Slab(YColumn);
        Fids.Write(to);
        foreach (var column in Codes)
            column.Write(to);
        Time.Write(to);
        Shapes.Write(to);
        to.Long(Attributes.Count);
        foreach (var attribute in Attributes)
            attribute.Write(to);
        Departments.Write(to);
        Blocks.Write(to);
        Sums.Write(to);
    }
}
