using CityOps.Gis.Layers;

namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>
/// Takes rows in any order into growing columns, then puts every column in Hilbert order: a key of 32 bits from the place within the layer's box and the row's
/// number in one 64-bit word, sorted by radix; rows without a place come last. Owned by one thread until <see cref="Build"/>, which uses two.
/// </summary>
public sealed class SnapshotBuilder
{
    static readonly ParallelOptions TwoThreads = new() { MaxDegreeOfParallelism = 2 };

    readonly LayerDefinition _layer;
    readonly Rows<long> _fids = new();
    readonly Rows<uint> _x = new();
    readonly Rows<uint> _y = new();
    readonly Rows<int> _unplaced = new();
    readonly CodeRows[] _codes = [.. SnapshotColumns.Codes.Select(name => new CodeRows(name))];
    readonly TimeRows _times = new();
    readonly ShapeRows _shapes = new();
    readonly List<(LayerField Field, TextRows? Text, NumberRows? Number)> _attributes;
    readonly BinaryText _text = new();
    readonly WorldBox? _frame;
    WorldBox _box = WorldBox.Nothing;

    // Rows without meaning between those of joined builders, and where the joined ones start.
    int _gap;
    readonly List<(int Start, int End)> _ranges = [];

    /// <param name="frame">The box the Hilbert curve is laid over, where the rows join a snapshot that has one; else the rows' own.</param>
    public SnapshotBuilder(LayerDefinition layer, WorldBox? frame = null)
    {
        if (layer.Geometry == GeometryKind.None)
            throw new ArgumentException($"Layer '{layer.Id}' has no places and so no snapshot.", nameof(layer));
        (_layer, _frame) = (layer, frame is { } given && given.MinX <= given.MaxX ? given : null);
        _attributes = [.. SnapshotColumns.OwnAttributes(layer).Select(field => Attribute(layer, field))];
    }

    public int Count => _fids.Count - _gap;

    /// <summary>Memory held so far.</summary>
    public long Bytes => _fids.Bytes + _x.Bytes + _y.Bytes + _times.Bytes + _shapes.Bytes + _codes.Sum(one => one.Bytes)
        + _attributes.Sum(one => one.Text?.Bytes ?? one.Number!.Bytes);

    static (LayerField, TextRows?, NumberRows?) Attribute(LayerDefinition layer, LayerField field) => field.Type switch
    {
        FieldType.Integer => (field, null, new(field.Name, AttributeKind.Integer)),
        FieldType.Real => (field, null, new(field.Name, AttributeKind.Real)),
        FieldType.Boolean => (field, null, new(field.Name, AttributeKind.Boolean)),
        _ => (field, new(field.Name, mostlyUnique: field.Name == layer.Key), null),
    };

    /// <param name="old">Where the row was before, for the fields it says nothing of (<see cref="FieldRow.Unchanged"/>).</param>
    internal void Add(FieldRow row, LayerSnapshot? old = null, int oldRow = -1)
    {
        if (row.IsUnchanged(SnapshotColumns.Geometry))
            AddPlace(Before(old, row, SnapshotColumns.Geometry), oldRow);
        else
            AddPlace(row.Field(SnapshotColumns.Geometry));
        _fids.Add(row.Integer(SnapshotColumns.Fid));
        for (var at = 0; at < _codes.Length; at++)
            if (row.IsUnchanged(SnapshotColumns.FirstCode + at))
                AddCode(at, Before(old, row, SnapshotColumns.FirstCode + at), oldRow);
            else if (row.IsNull(SnapshotColumns.FirstCode + at))
                _codes[at].AddNull();
            else
                _codes[at].Add(row.Field(SnapshotColumns.FirstCode + at));
        if (row.IsNull(SnapshotColumns.Time))
            _times.AddNull();
        else
            _times.Add(row.Integer(SnapshotColumns.Time));
        for (var at = 0; at < _attributes.Count; at++)
            AddAttribute(at, row, old, oldRow);
    }

    void AddAttribute(int at, FieldRow row, LayerSnapshot? old, int oldRow)
    {
        var (field, text, number) = _attributes[at];
        var from = SnapshotColumns.FirstAttribute + at;
        if (row.IsUnchanged(from))
            AddAttribute(at, Before(old, row, from).Attributes.Single(one => one.Name == field.Name), oldRow);
        else if (number is not null)
            number.Add(row.IsNull(from) ? null : row.Number(from));
        else if (row.IsNull(from))
            text!.Add([], isNull: true);
        else
            text!.Add(_text.Of(field.Type, row.Field(from)), isNull: false);
    }

    LayerSnapshot Before(LayerSnapshot? old, FieldRow row, int field)
        => old ?? throw new SnapshotException($"Feature {row.Integer(SnapshotColumns.Fid)} of layer {_layer.Id} came without column {field}, and no earlier version of it is here.");

    /// <summary>Takes over a row of a snapshot of the same definition, as a merge of changes does for every row that did not change.</summary>
    public void Add(LayerSnapshot from, int row)
    {
        AddPlace(from, row);
        _fids.Add(from.Fids[row]);
        for (var at = 0; at < _codes.Length; at++)
            AddCode(at, from, row);
        if (from.Time[row] is { } micros)
            _times.Add(micros);
        else
            _times.AddNull();
        var own = 0;
        foreach (var attribute in from.Attributes)
            if (!attribute.IsShared)
                AddAttribute(own++, attribute, row);
    }

    void AddCode(int at, LayerSnapshot from, int row)
    {
        if (from.Codes[at] is var column && column[row] is > 0 and var code)
            _codes[at].Add(column.Utf8(code));
        else
            _codes[at].AddNull();
    }

    void AddAttribute(int at, AttributeColumn from, int row)
    {
        if (_attributes[at].Text is { } text)
            text.Add(from.Utf8(row), from.IsNull(row));
        else
            _attributes[at].Number!.Add(from.IsNull(row) ? null : from.Kind == AttributeKind.Real ? BitConverter.DoubleToInt64Bits(from.Real(row))
                : from.Kind == AttributeKind.Integer ? from.Integer(row) : from.Boolean(row) ? 1 : 0);
    }

    void AddShape(Shapes from, int shape)
    {
        _shapes.Begin(Count);
        var (start, end) = from.PartsOf(shape);
        for (var part = start; part < end; part++)
        {
            _shapes.BeginPart(from.Kind(part));
            for (var (vertex, last) = from.VerticesOf(part); vertex < last; vertex++)
                _shapes.AddVertex(from.X[vertex], from.Y[vertex]);
        }
    }

    void AddPlace(LayerSnapshot from, int row)
    {
        if (from.Shapes.Of(row) is >= 0 and var shape)
            AddShape(from.Shapes, shape);
        AddSpot(row < from.Placed, from.X[row], from.Y[row]);
    }

    void AddPlace(ReadOnlySpan<byte> ewkb)
    {
        var placed = Ewkb.TryPoint(ewkb, out var longitude, out var latitude) ? !double.IsNaN(longitude) && !double.IsNaN(latitude)
            : ewkb.Length > 0 && AddShape(ewkb, out longitude, out latitude);
        AddSpot(placed, placed ? WorldBox.XOf(longitude) : 0, placed ? WorldBox.YOf(latitude) : 0);
    }

    void AddSpot(bool placed, uint x, uint y)
    {
        if (placed)
            _box = _box.With(x, y);
        else
            _unplaced.Add(Count);
        _x.Add(x);
        _y.Add(y);
    }

    bool AddShape(ReadOnlySpan<byte> ewkb, out double longitude, out double latitude)
    {
        var reader = new Ewkb(ewkb);
        _shapes.Begin(Count);
        var any = reader.AddTo(_shapes);
        (longitude, latitude) = reader.Middle;
        return any;
    }

    /// <summary>
    /// Puts the rows of another builder of the layer behind these, which copies codes and shapes only: the chunks of the other's columns become chunks of these.
    /// The other is used up, and nothing can be added to this one afterwards.
    /// </summary>
    public void Join(SnapshotBuilder other)
    {
        if (_ranges.Count == 0)
            _ranges.Add((0, Count));
        var at = Rows<long>.NextChunk(_fids.Count);
        _gap += at - _fids.Count;
        _ranges.Add((at, at + other.Count));
        _box = _box.With(other._box);
        for (var row = 0; row < other._unplaced.Count; row++)
            _unplaced.Add(at + other._unplaced[row]);
        _shapes.Add(other._shapes, at);
        _times.Join(other._times, at);
        foreach (var (mine, others) in _codes.Zip(other._codes))
            mine.Join(others, at);
        foreach (var (mine, others) in _attributes.Zip(other._attributes))
        {
            mine.Text?.Join(others.Text!, at);
            mine.Number?.Join(others.Number!, at);
        }
        _x.Join(other._x, at);
        _y.Join(other._y, at);
        _fids.Join(other._fids, at);
    }

    /// <summary>The snapshot; the builder is used up.</summary>
    public LayerSnapshot Build(long version, DepartmentTree departments)
    {
        var order = Order();
        var placed = order.Length - _unplaced.Count;
        Slab<uint> x = Slab<uint>.Empty, y = x;
        FidColumn? fids = null;
        TimeColumn? times = null;
        Shapes? shapes = null;
        var codes = new CodeColumn[_codes.Length];
        var own = new AttributeColumn[_attributes.Count];
        List<Action> works =
        [
            .. _attributes.Select((one, at) => (Action)(() => own[at] = one.Text?.InOrder(order) ?? one.Number!.InOrder(order))),
            () => x = new(_x.InOrder(order)),
            () => y = new(_y.InOrder(order)),
            () => fids = Fids(order),
            () => times = _times.InOrder(order),
            () => shapes = _shapes.InOrder(order),
            .. _codes.Select((one, at) => (Action)(() => codes[at] = one.InOrder(order))),
        ];
        Parallel.Invoke(TwoThreads, [.. works]);
        return LayerSnapshot.Make(_layer, version, _frame ?? _box, placed, x, y, fids!, codes, times!, shapes!, own, departments);
    }

    // Row numbers in the lower halves.
    ulong[] Order()
    {
        var unplaced = _unplaced.ToArray();
        var keys = GC.AllocateUninitializedArray<ulong>(Count - unplaced.Length);
        var (at, skip) = (0, 0);
        foreach (var (start, end) in _ranges.Count > 0 ? _ranges : [(0, Count)])
            for (var row = start; row < end; row++)
                if (skip < unplaced.Length && unplaced[skip] == row)
                    skip++;
                else
                    keys[at++] = (ulong)row;
        var frame = _frame ?? _box;
        var shift = HilbertOrder.ShiftOf(frame);
        Parallel.For(0, (keys.Length + 0xFFFF) / 0x10000, TwoThreads, chunk =>
        {
            foreach (ref var key in keys.AsSpan((chunk * 0x10000)..Math.Min(keys.Length, (chunk + 1) * 0x10000)))
                key |= (ulong)HilbertOrder.Key(_x[(int)key], _y[(int)key], frame, shift) << 32;
        });
        keys = RadixSort.ByUpperHalf(keys);
        return unplaced.Length == 0 ? keys : [.. keys, .. unplaced.Select(one => (ulong)one)];
    }

    FidColumn Fids(ReadOnlySpan<ulong> order)
    {
        var fids = _fids.InOrder(order);
        var (lowest, highest) = fids.Length == 0 ? (0, 0) : (fids.Min(), fids.Max());
        return (ulong)(highest - lowest) <= uint.MaxValue
            ? new(lowest, new(Array.ConvertAll(fids, fid => (uint)(fid - lowest))), Slab<long>.Empty)
            : new(lowest, Slab<uint>.Empty, new(fids));
    }
}
