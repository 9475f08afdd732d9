namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>The blocks that may hold an answer, in order; blocks of a group that cannot are passed over together. Allocates nothing.</summary>
public ref struct BlockCursor
{
    readonly SnapshotFilter _filter;
    readonly WorldBox _box;
    readonly bool _anywhere;
    readonly int _end;
    int _next;

    internal BlockCursor(SnapshotFilter filter, WorldBox? box, int start, int end)
    {
        (_filter, _box, _anywhere, _next, _end) = (filter, box ?? WorldBox.Everything, box is null, start, end);
        Current = -1;
    }

    /// <summary>Number of a block; its rows start at 1,024 times that.</summary>
    public int Current { get; private set; }

    public readonly BlockCursor GetEnumerator() => this;

    public bool MoveNext()
    {
        var index = _filter.Snapshot.Blocks;
        while (_next < _end)
        {
            if (_next % BlockIndex.GroupBlocks == 0 && !MayHold(index.Groups, _next / BlockIndex.GroupBlocks))
            {
                _next += BlockIndex.GroupBlocks;
                continue;
            }
            var block = _next++;
            if (!MayHold(index.Blocks, block))
                continue;
            Current = block;
            return true;
        }
        return false;
    }

    readonly bool MayHold(BlockLevel level, int at) => (_anywhere || _box.Meets(level.Box(at))) && _filter.MayHold(level, at);
}
