using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CityOps.Gis.Tiles.Encoding;

/// <summary>
/// Writes Mapbox Vector Tiles 2.1 into one growing buffer that is used again for the next tile. One writer belongs to one thread.
/// Coordinates are units of the layer's extent, x to the east and y to the south from the tile's north-west corner.
/// </summary>
/// <remarks>
/// In memory: <c>_tile</c> holds the tile as it will be sent; the open layer's dictionary, already encoded, is appended when the layer ends.
/// A layer lies as version, name, extent, features, keys, values; a feature as id, type, tags, geometry.
/// Each length is one byte that is left open and filled in; a body of 128 bytes or more moves up once, but that of the first layer, before which there is room for
/// its length to grow. A feature that got no geometry and a layer that got no feature are taken back, so the tile never holds one.
/// </remarks>
public sealed class MvtWriter
{
    const byte TileLayer = 3 << 3 | 2, LayerName = 1 << 3 | 2, LayerFeature = 2 << 3 | 2;
    const byte LayerExtent = 5 << 3, LayerVersion = 15 << 3;
    const byte FeatureId = 1 << 3, FeatureTags = 2 << 3 | 2, FeatureType = 3 << 3, FeatureGeometry = 4 << 3 | 2;
    const uint MoveTo = 1, LineTo = 2, ClosePath = 7;
    const int None = -1, MostShortTags = 12, RoomOfPoint = 136, RoomOfStep = 10, RoomOfLength = 4;

    ByteRun _tile = new(64 * 1024);
    readonly MvtDictionary _dictionary = new();
    int _start, _featureCount, _layerBody = None, _featureBody = None, _tagsBody = None, _geometryBody = None;
    MvtGeometryType _type;
    int _cursorX, _cursorY;

    /// <summary>Bytes written so far, without the dictionaries of the open layer.</summary>
    public int Length => _tile.Length - _start;

    /// <summary>Bytes of the open layer's keys and values.</summary>
    public int DictionaryLength => _dictionary.Keys.Length + _dictionary.Values.Length;

    /// <summary>Features in the open layer, or in the layer that ended last.</summary>
    public int FeatureCount => _featureCount;

    /// <summary>Starts a tile; what <see cref="End"/> gave before is overwritten.</summary>
    public void Begin()
    {
        _tile.Length = _start = RoomOfLength;
        _layerBody = _featureBody = None;
    }

    public void BeginLayer(ReadOnlySpan<byte> nameUtf8, int extent = 4096)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(extent);
        Require(_layerBody == None, "The layer before has not ended.");
        _tile.Byte(TileLayer);
        _layerBody = _tile.Open();
        _tile.Byte(LayerVersion);
        _tile.Byte(2);
        _tile.Byte(LayerName);
        _tile.Varint((uint)nameUtf8.Length);
        _tile.Raw(nameUtf8);
        _tile.Byte(LayerExtent);
        _tile.Varint((uint)extent);
        _dictionary.Clear();
        _featureCount = 0;
    }

    /// <summary>The index of a key in the open layer; the same key has one index.</summary>
    public int Key(ReadOnlySpan<byte> utf8) => _dictionary.Key(utf8);

    /// <summary>
    /// A new value of the open layer. Equal texts get two indexes: the caller keeps the index for each code of its dictionary.
    /// </summary>
    public int Text(ReadOnlySpan<byte> utf8) => _dictionary.Text(utf8);

    public int Integer(long value) => _dictionary.Integer(value);

    public int Real(double value) => _dictionary.Real(value);

    /// <summary>The index of true or false, written once in a layer.</summary>
    public int Truth(bool value) => _dictionary.Truth(value);

    /// <summary>Starts a feature without an id, such as a cell of an aggregate.</summary>
    public void BeginFeature(MvtGeometryType type)
    {
        Require(_layerBody != None && _featureBody == None, "A feature stands in a layer, and behind the end of the feature before.");
        _tile.Byte(LayerFeature);
        _featureBody = _tile.Open();
        StartFeature(type);
    }

    public void BeginFeature(ulong id, MvtGeometryType type)
    {
        Require(_layerBody != None && _featureBody == None, "A feature stands in a layer, and behind the end of the feature before.");
        _tile.Byte(LayerFeature);
        _featureBody = _tile.Open();
        _tile.Byte(FeatureId);
        _tile.Varint(id);
        StartFeature(type);
    }

    void StartFeature(MvtGeometryType type)
    {
        _tile.Byte(FeatureType);
        _tile.Byte((byte)type);
        _type = type;
        _tagsBody = _geometryBody = None;
        _cursorX = _cursorY = 0;
    }

    /// <summary>An attribute of the open feature; all tags come before the geometry, each key once.</summary>
    public void Tag(int key, int value)
    {
        OpenTags();
        _tile.Varint((uint)key);
        _tile.Varint((uint)value);
    }

    /// <inheritdoc cref="Tag(int, int)"/>
    public void Tag(MvtTag tag)
    {
        OpenTags();
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, tag.Bytes);
        _tile.Raw(bytes[..tag.Length]);
    }

    void OpenTags()
    {
        if (_tagsBody != None)
            return;
        Require(_featureBody != None && _geometryBody == None, "Tags stand in a feature, before its geometry.");
        _tile.Byte(FeatureTags);
        _tagsBody = _tile.Open();
    }

    /// <summary>The one place of a point feature; for several use <see cref="Points"/>.</summary>
    public void Point(int x, int y)
    {
        OpenGeometry(MvtGeometryType.Point);
        Require(_tile.Length == _geometryBody, "A feature of several points takes them in one call.");
        _tile.Byte((byte)(MoveTo | 1 << 3));
        _tile.Varint(ByteRun.ZigZag(x));
        _tile.Varint(ByteRun.ZigZag(y));
    }

    /// <summary>All places of a multipoint feature: x0, y0, x1, y1…</summary>
    public void Points(ReadOnlySpan<int> xy)
    {
        if (xy.Length < 2)
            return;
        OpenGeometry(MvtGeometryType.Point);
        Require(_tile.Length == _geometryBody, "A feature of several points takes them in one call.");
        _tile.Varint(MoveTo | (uint)(xy.Length / 2) << 3);
        for (var i = 0; i + 1 < xy.Length; i += 2)
            Step(xy[i], xy[i + 1]);
    }

    /// <summary>
    /// One line: x0, y0, x1, y1… Repeated places are written once; false, and nothing written, when fewer than two are left.
    /// </summary>
    public bool Line(ReadOnlySpan<int> xy)
    {
        var count = CountDistinct(xy);
        if (count < 2)
            return false;
        OpenGeometry(MvtGeometryType.Line);
        Run(xy, count);
        return true;
    }

    /// <summary>
    /// One ring, closed implicitly: exteriors with positive area by MVT's formula (clockwise as seen, y to the south), each followed by its
    /// holes,
    /// which run the other way. Repeated places are written once; false, and nothing written, when fewer than three are left.
    /// </summary>
    public bool Ring(ReadOnlySpan<int> xy)
    {
        while (xy.Length >= 4 && xy[0] == xy[^2] && xy[1] == xy[^1])
            xy = xy[..^2];
        var count = CountDistinct(xy);
        if (count < 3)
            return false;
        OpenGeometry(MvtGeometryType.Polygon);
        Run(xy, count);
        _tile.Byte((byte)(ClosePath | 1 << 3));
        return true;
    }

    /// <summary>Ends the feature; false, and the feature taken back, when it got no geometry.</summary>
    public bool EndFeature()
    {
        Require(_featureBody != None, "No feature is open.");
        var isWritten = _geometryBody != None;
        if (isWritten)
        {
            _tile.Close(_geometryBody);
            _tile.Close(_featureBody);
            _featureCount++;
        }
        else
            _tile.Length = _featureBody - 2;
        _featureBody = None;
        return isWritten;
    }

    /// <summary>Starts a feature with its attributes in one call, byte for byte as one after the other.</summary>
    public void BeginFeature(ulong id, MvtGeometryType type, ReadOnlySpan<MvtTag> tags)
    {
        if (tags.Length > MostShortTags)
        {
            BeginFeature(id, type);
            foreach (var tag in tags)
                Tag(tag);
            return;
        }
        Require(_layerBody != None && _featureBody == None, "A feature stands in a layer, and behind the end of the feature before.");
        ref var start = ref MemoryMarshal.GetReference(_tile.Room(RoomOfPoint));
        start = LayerFeature;
        _featureBody = _tile.Length + 2;
        _tile.Length += (int)Unsafe.ByteOffset(ref start, ref PutHead(ref Unsafe.Add(ref start, 2), id, type, tags));
        _type = type;
        _tagsBody = _geometryBody = None;
        _cursorX = _cursorY = 0;
    }

    /// <summary>
    /// A whole point feature in one call, the way for the many. Writes what <see cref="BeginFeature(ulong, MvtGeometryType)"/>, <see cref="Tag(int, int)"/>,
    /// <see cref="Point"/> and <see cref="EndFeature"/> write, byte for byte.
    /// </summary>
    public void PointFeature(ulong id, ReadOnlySpan<MvtTag> tags, int x, int y)
    {
        Require(_layerBody != None && _featureBody == None, "A feature stands in a layer, and behind the end of the feature before.");
        if (tags.Length > MostShortTags)
        {
            LongPointFeature(id, tags, x, y);
            return;
        }

        // At most 11 + 2 + 2 + 84 + 12 bytes behind the length: every length is one byte, and room is asked for once. The last tag may write over its end.
        ref var start = ref MemoryMarshal.GetReference(_tile.Room(RoomOfPoint));
        ref var geometry = ref PutHead(ref Unsafe.Add(ref start, 2), id, MvtGeometryType.Point, tags);
        ref var to = ref Unsafe.Add(ref geometry, 3);
        to = ref Put(ref to, ByteRun.ZigZag(x));
        to = ref Put(ref to, ByteRun.ZigZag(y));
        geometry = FeatureGeometry;
        Unsafe.Add(ref geometry, 1) = (byte)(Unsafe.ByteOffset(ref geometry, ref to) - 2);
        Unsafe.Add(ref geometry, 2) = (byte)(MoveTo | 1 << 3);
        var length = (int)Unsafe.ByteOffset(ref start, ref to);
        start = LayerFeature;
        Unsafe.Add(ref start, 1) = (byte)(length - 2);
        _tile.Length += length;
        _featureCount++;
    }

    /// <summary>What of a feature stands before its geometry, with few tags; gives the place behind it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ref byte PutHead(ref byte to, ulong id, MvtGeometryType type, ReadOnlySpan<MvtTag> tags)
    {
        to = FeatureId;
        to = ref Put(ref Unsafe.Add(ref to, 1), id);
        Unsafe.WriteUnaligned(ref to, (ushort)(FeatureType | (byte)type << 8));
        to = ref Unsafe.Add(ref to, 2);
        if (tags.Length == 0)
            return ref to;
        ref var head = ref to;
        to = ref Unsafe.Add(ref to, 2);
        foreach (var tag in tags)
        {
            Unsafe.WriteUnaligned(ref to, tag.Bytes);
            to = ref Unsafe.Add(ref to, tag.Length);
        }
        head = FeatureTags;
        Unsafe.Add(ref head, 1) = (byte)(Unsafe.ByteOffset(ref head, ref to) - 2);
        return ref to;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ref byte Put(ref byte to, uint value)
    {
        for (; value >= 0x80; value >>= 7, to = ref Unsafe.Add(ref to, 1))
            to = (byte)(value | 0x80);
        to = (byte)value;
        return ref Unsafe.Add(ref to, 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ref byte Put(ref byte to, ulong value)
    {
        for (; value >= 0x80; value >>= 7, to = ref Unsafe.Add(ref to, 1))
            to = (byte)(value | 0x80);
        to = (byte)value;
        return ref Unsafe.Add(ref to, 1);
    }

    void LongPointFeature(ulong id, ReadOnlySpan<MvtTag> tags, int x, int y)
    {
        BeginFeature(id, MvtGeometryType.Point);
        foreach (var tag in tags)
            Tag(tag);
        Point(x, y);
        EndFeature();
    }

    /// <summary>Ends the layer; false, and the layer taken back, when it got no feature.</summary>
    public bool EndLayer()
    {
        Require(_layerBody != None && _featureBody == None, "No layer is open, or one of its features is.");
        var isWritten = _featureCount > 0;
        if (isWritten)
        {
            _tile.Raw(_dictionary.Keys);
            _tile.Raw(_dictionary.Values);
            if (_layerBody == RoomOfLength + 2)
                _start = _tile.CloseBefore(_layerBody, TileLayer);
            else
                _tile.Close(_layerBody);
        }
        else
            _tile.Length = _layerBody - 2;
        _layerBody = None;
        return isWritten;
    }

    /// <summary>Takes back the open layer with all its features.</summary>
    public void DropLayer()
    {
        Require(_layerBody != None && _featureBody == None, "No layer is open, or one of its features is.");
        _tile.Length = _layerBody - 2;
        _layerBody = None;
    }

    /// <summary>The tile, empty when nothing was drawn; good until the next <see cref="Begin"/>.</summary>
    public ReadOnlyMemory<byte> End()
    {
        Require(_layerBody == None, "A layer is still open.");
        return _tile.From(_start);
    }

    void OpenGeometry(MvtGeometryType type)
    {
        Require(_featureBody != None && _type == type, "This geometry is not of the open feature's type.");
        if (_geometryBody != None)
            return;
        if (_tagsBody != None)
            _tile.Close(_tagsBody);
        _tagsBody = None;
        _tile.Byte(FeatureGeometry);
        _geometryBody = _tile.Open();
    }

    // Room for the longest of all steps is asked for once.
    void Run(ReadOnlySpan<int> xy, int count)
    {
        ref var start = ref MemoryMarshal.GetReference(_tile.Room(RoomOfStep / 2 * xy.Length + RoomOfStep));
        ref var to = ref Unsafe.Add(ref start, 1);
        var (x, y) = (xy[0], xy[1]);
        start = (byte)(MoveTo | 1 << 3);
        to = ref Put(ref to, ByteRun.ZigZag(unchecked(x - _cursorX)));
        to = ref Put(ref to, ByteRun.ZigZag(unchecked(y - _cursorY)));
        to = ref Put(ref to, LineTo | (uint)(count - 1) << 3);
        for (var i = 2; i + 1 < xy.Length; i += 2)
        {
            var (nextX, nextY) = (xy[i], xy[i + 1]);
            if (nextX == x && nextY == y)
                continue;
            to = ref Put(ref to, ByteRun.ZigZag(unchecked(nextX - x)));
            to = ref Put(ref to, ByteRun.ZigZag(unchecked(nextY - y)));
            (x, y) = (nextX, nextY);
        }
        (_cursorX, _cursorY) = (x, y);
        _tile.Length += (int)Unsafe.ByteOffset(ref start, ref to);
    }

    void Step(int x, int y)
    {
        var to = _tile.Room(RoomOfStep);
        var at = ByteRun.Put(to, 0, ByteRun.ZigZag(unchecked(x - _cursorX)));
        _tile.Length += ByteRun.Put(to, at, ByteRun.ZigZag(unchecked(y - _cursorY)));
        (_cursorX, _cursorY) = (x, y);
    }

    static int CountDistinct(ReadOnlySpan<int> xy)
    {
        var count = xy.Length >= 2 ? 1 : 0;
        for (var i = 2; i + 1 < xy.Length; i += 2)
            if (xy[i] != xy[i - 2] || xy[i + 1] != xy[i - 1])
                count++;
        return count;
    }

    static void Require(bool isSo, string sentence)
    {
        if (!isSo)
            throw new InvalidOperationException(sentence);
    }
}
