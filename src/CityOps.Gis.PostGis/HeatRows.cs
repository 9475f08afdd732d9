using CityOps.Gis.Heat;
using Npgsql;

namespace CityOps.Gis.PostGis;

/// <summary>Takes the rows of <see cref="HeatQuery"/>'s statements and puts cells that come in several rows together.</summary>
sealed class HeatRows(HeatTally tally)
{
    readonly Dictionary<(long Key, string? Code), Entry> _cells = [];
    long _outside;

    public void Add(NpgsqlDataReader reader, bool isSlice)
    {
        var first = tally.Lattice is null ? 1 : 4;
        var key = tally.Lattice is null ? (reader.IsDBNull(0) ? null : (0, reader.GetString(0))) : Cell(reader);
        if (isSlice)
        {
            if (key is { } sliced)
                _cells[sliced].Add(reader.IsDBNull(first) ? HeatSlices.Timeless : reader.GetInt32(first), reader.GetInt64(first + 1));
            return;
        }
        if (key is { } cell)
            Of(cell).Add(tally, reader, first);
        else
            _outside += reader.GetInt64(first);
    }

    public HeatCounts Counts()
    {
        var cells = _cells.OrderBy(one => one.Key.Key).ThenBy(one => one.Key.Code, StringComparer.Ordinal).ToList();
        var entries = cells.Select(one => one.Value).ToList();
        return new()
        {
            Keys = tally.Lattice is null ? [] : [.. cells.Select(one => one.Key.Key)],
            Codes = tally.Lattice is null ? [.. cells.Select(one => one.Key.Code!)] : [],
            Counts = [.. entries.Select(one => one.Count)],
            Sums = tally.SumField is null ? [] : [.. entries.Select(one => one.Sum)],
            Valued = tally.SumField is null ? [] : [.. entries.Select(one => one.Valued)],
            Distinct = tally.DistinctField is null ? [] : [.. entries.Select(one => one.Distinct.Count)],
            Slices = tally.Slice == HeatSlice.None ? null : Slices(entries),
            Outside = _outside,
        };
    }

    Entry Of((long, string?) key) => _cells.TryGetValue(key, out var entry) ? entry : _cells[key] = new();

    (long, string?)? Cell(NpgsqlDataReader reader)
    {
        if (!reader.IsDBNull(2))
            return (tally.Lattice!.CellOf((uint)reader.GetInt64(2), (uint)reader.GetInt64(3)).Key, null);
        return reader.IsDBNull(0) ? null : (new HeatCell((int)reader.GetInt64(0), reader.GetInt32(1)).Key, null);
    }

    static HeatSlices Slices(List<Entry> entries)
    {
        var starts = new int[entries.Count + 1];
        for (var cell = 0; cell < entries.Count; cell++)
            starts[cell + 1] = starts[cell] + entries[cell].Slices.Count;
        var slices = entries.SelectMany(one => one.Slices).ToList();
        return new(starts, [.. slices.Select(one => one.Key)], [.. slices.Select(one => one.Value)]);
    }

    sealed class Entry
    {
        public long Count, Valued;
        public double Sum;
        public readonly HashSet<string> Distinct = [];
        public readonly SortedDictionary<int, long> Slices = [];

        public void Add(HeatTally tally, NpgsqlDataReader reader, int at)
        {
            Count += reader.GetInt64(at++);
            if (tally.SumField is not null)
            {
                Sum += reader.IsDBNull(at) ? 0 : reader.GetDouble(at);
                Valued += reader.GetInt64(at + 1);
                at += 2;
            }
            // The values themselves, because a cell may come in several rows.
            if (tally.DistinctField is not null)
                Distinct.UnionWith(reader.GetFieldValue<string?[]>(at).OfType<string>());
        }

        public void Add(int slice, long count) => Slices[slice] = Slices.GetValueOrDefault(slice) + count;
    }
}
