namespace CityOps.Gis.Tiles.Heat;

/// <summary>
/// Answers by question and data, so that a map that is panned does not count again. Several requests for one answer share its making, which stops when the last of
/// them goes away. Bounded by cells; the answer that was longest unused goes first.
/// </summary>
public sealed class HeatCache(long mostCells = 4_000_000)
{
    readonly Lock _gate = new();
    readonly Dictionary<string, LinkedListNode<Entry>> _entries = [];
    readonly LinkedList<Entry> _byUse = [];
    long _cells;

    /// <summary>Cells of all answers kept.</summary>
    public long Cells { get { lock (_gate) return _cells; } }

    public async Task<HeatAnswer> Get(string key, Func<CancellationToken, Task<HeatAnswer>> make, CancellationToken cancel)
    {
        var entry = Join(key, make);
        try
        {
            return await entry.Making.WaitAsync(cancel);
        }
        finally
        {
            Leave(entry);
        }
    }

    Entry Join(string key, Func<CancellationToken, Task<HeatAnswer>> make)
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue(key, out var node))
            {
                var entry = new Entry(key);
                entry.Making = Task.Run(() => make(entry.Stop.Token));
                _entries[key] = node = new(entry);
            }
            else
                _byUse.Remove(node);
            _byUse.AddFirst(node);
            node.Value.Waiting++;
            return node.Value;
        }
    }

    void Leave(Entry entry)
    {
        lock (_gate)
        {
            entry.Waiting--;
            if (!entry.Making.IsCompleted && entry.Waiting == 0)
                entry.Stop.Cancel();
            if (entry.Making.IsCompletedSuccessfully)
                Keep(entry);
            else if (entry.Waiting == 0)
                Remove(entry);
        }
    }

    void Keep(Entry entry)
    {
        if (entry.Cells is null)
            _cells += (entry.Cells = entry.Making.Result.Length + 1).Value;
        while (_cells > mostCells && _byUse.Last is { } last && last.Value != entry && last.Value.Cells is not null)
            Remove(last.Value);
    }

    void Remove(Entry entry)
    {
        if (!_entries.TryGetValue(entry.Key, out var node) || node.Value != entry)
            return;
        _entries.Remove(entry.Key);
        _byUse.Remove(node);
        _cells -= entry.Cells ?? 0;
    }

    sealed class Entry(string key)
    {
        public string Key => key;
        public CancellationTokenSource Stop { get; } = new();
        public Task<HeatAnswer> Making { get; set; } = null!;
        public int Waiting { get; set; }

        /// <summary>Null until the answer is there.</summary>
        public long? Cells { get; set; }
    }
}
