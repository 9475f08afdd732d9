namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>
/// The order in which rows of several snapshots follow each other in their merge, as runs of neighbours in one snapshot: where few rows changed, runs are long and
/// columns are copied run by run. The snapshots are all in Hilbert order over the same frame; rows at the same place keep the order of the snapshots.
/// </summary>
sealed class RowRuns
{
    readonly IReadOnlyList<ViewPart> _parts;
    readonly List<RowRun> _runs = [];

    public RowRuns(IReadOnlyList<ViewPart> parts)
    {
        _parts = parts;
        MergePlaced();
        Placed = Count;
        for (var part = 0; part < parts.Count; part++)
            for (var row = parts[part].Snapshot.Placed; row < parts[part].Snapshot.Count; row++)
                if (!parts[part].Dead[row])
                    Add(part, row);
    }

    public IReadOnlyList<RowRun> Runs => _runs;
    public int Count { get; private set; }

    /// <summary>Rows below this have a place.</summary>
    public int Placed { get; }
    public int Parts => _parts.Count;

    public LayerSnapshot Snapshot(int part) => _parts[part].Snapshot;

    // Of the next rows of all parts the one that comes first along the curve; of equals, that of the earliest part.
    void MergePlaced()
    {
        var heads = _parts.Select(part => new Head(part)).ToArray();
        while (true)
        {
            var first = -1;
            for (var part = 0; part < heads.Length; part++)
                if (!heads[part].IsDone && (first < 0 || heads[part].Key < heads[first].Key))
                    first = part;
            if (first < 0)
                return;
            Add(first, heads[first].Row);
            heads[first].Next();
        }
    }

    void Add(int part, int row)
    {
        Count++;
        if (_runs.Count > 0 && _runs[^1] is var last && last.Part == part && last.Row + last.Count == row)
            _runs[^1] = last with { Count = last.Count + 1 };
        else
            _runs.Add(new(part, row, 1));
    }

    struct Head
    {
        readonly LayerSnapshot _snapshot;
        readonly DeadRows _dead;
        readonly int _shift;

        public Head(ViewPart part)
        {
            (_snapshot, _dead, _shift, Row) = (part.Snapshot, part.Dead, HilbertOrder.ShiftOf(part.Snapshot.Frame), -1);
            Next();
        }

        public int Row { get; private set; }
        public uint Key { get; private set; }
        public readonly bool IsDone => Row >= _snapshot.Placed;

        public void Next()
        {
            do
                Row++;
            while (Row < _snapshot.Placed && _dead[Row]);
            if (!IsDone)
                Key = HilbertOrder.Key(_snapshot.XColumn[Row], _snapshot.YColumn[Row], _snapshot.Frame, _shift);
        }
    }
}
