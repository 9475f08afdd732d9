namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>Columns of several snapshots as one, in the order of <see cref="RowRuns"/>; as narrow as a builder would make them.</summary>
static class ColumnMerge
{
    public static Slab<T> Copy<T>(RowRuns runs, Func<LayerSnapshot, Slab<T>> of) where T : unmanaged
    {
        var (target, at) = (GC.AllocateUninitializedArray<T>(runs.Count), 0);
        foreach (var run in runs.Runs)
        {
            of(runs.Snapshot(run.Part)).Span.Slice(run.Row, run.Count).CopyTo(target.AsSpan(at));
            at += run.Count;
        }
        return new(target);
    }

    public static FidColumn Fids(RowRuns runs)
    {
        var (lowest, highest) = (long.MaxValue, long.MinValue);
        foreach (var run in runs.Runs)
            for (var (row, fids) = (run.Row, runs.Snapshot(run.Part).Fids); row < run.End; row++)
                (lowest, highest) = (Math.Min(lowest, fids[row]), Math.Max(highest, fids[row]));
        if (runs.Count == 0)
            (lowest, highest) = (0, 0);
        return (ulong)(highest - lowest) <= uint.MaxValue
            ? new(lowest, Each(runs, (snapshot, row) => (uint)(snapshot.Fids[row] - lowest)), Slab<long>.Empty)
            : new(lowest, Slab<uint>.Empty, Each(runs, (snapshot, row) => snapshot.Fids[row]));
    }

    public static TimeColumn Times(RowRuns runs)
    {
        var times = Enumerable.Range(0, runs.Parts).Select(part => runs.Snapshot(part).Time).ToList();
        if (times.All(time => time.IsEmpty))
            return new(Slab<int>.Empty, Slab<long>.Empty);
        return times.All(time => time.Microseconds.Length == 0)
            ? new(Each(runs, (snapshot, row) => snapshot.Time.Seconds is { Length: > 0 } seconds ? seconds[row] : TimeColumn.NoSecond), Slab<long>.Empty)
            : new(Slab<int>.Empty, Each(runs, (snapshot, row) => snapshot.Time[row] ?? TimeColumn.NoMicrosecond));
    }

    /// <summary>The dictionary keeps the texts that some row still has.</summary>
    public static CodeColumn Codes(RowRuns runs, string name, Func<LayerSnapshot, CodeColumn> of)
    {
        var columns = Enumerable.Range(0, runs.Parts).Select(part => of(runs.Snapshot(part))).ToArray();
        var numbers = columns.Select(column => new int[column.Distinct + 1]).ToArray();
        foreach (var run in runs.Runs)
            for (var row = run.Row; row < run.End; row++)
                numbers[run.Part][columns[run.Part][row]] = 1;
        var dictionary = new Utf8Dictionary();
        for (var part = 0; part < columns.Length; part++)
        {
            numbers[part][0] = 0;
            for (var code = 1; code < numbers[part].Length; code++)
                if (numbers[part][code] != 0)
                    numbers[part][code] = dictionary.Number(columns[part].Utf8(code));
        }
        var (texts, starts) = dictionary.Packed();
        return new(name,
            dictionary.Count <= byte.MaxValue ? Renumber(runs, columns, numbers, code => (byte)code) : Slab<byte>.Empty,
            dictionary.Count is > byte.MaxValue and <= ushort.MaxValue ? Renumber(runs, columns, numbers, code => (ushort)code) : Slab<ushort>.Empty,
            dictionary.Count > ushort.MaxValue ? Renumber(runs, columns, numbers, code => code) : Slab<int>.Empty,
            texts, starts);
    }

    public static AttributeColumn Attribute(RowRuns runs, string name)
    {
        var columns = Enumerable.Range(0, runs.Parts).Select(part => runs.Snapshot(part).Attributes.Single(one => one.Name == name)).ToArray();
        var kind = columns[0].Kind;
        if (kind is not (AttributeKind.Codes or AttributeKind.Pooled))
            return Numbers(runs, name, kind, columns);
        if (columns.All(column => column.Kind == AttributeKind.Codes))
        {
            var codes = Codes(runs, name, snapshot => snapshot.Attributes.Single(one => one.Name == name).Codes!);
            if (!TextRows.IsPool(codes.Distinct, runs.Count))
                return new(name, codes);
        }
        return new(name, Pool(runs, name, columns));
    }

    static PooledText Pool(RowRuns runs, string name, AttributeColumn[] columns)
    {
        var (starts, total, at) = (GC.AllocateUninitializedArray<uint>(runs.Count + 1), 0L, 0);
        foreach (var run in runs.Runs)
            for (var (row, column) = (run.Row, columns[run.Part]); row < run.End; row++)
            {
                starts[at++] = (uint)total | (column.IsNull(row) ? PooledText.NoValue : 0);
                total += column.Utf8(row).Length;
                TextRows.RequireRoom(name, total);
            }
        starts[^1] = (uint)total;
        var (texts, end) = (GC.AllocateUninitializedArray<byte>((int)total), 0);
        foreach (var run in runs.Runs)
            for (var (row, column) = (run.Row, columns[run.Part]); row < run.End; row++)
            {
                var text = column.Utf8(row);
                text.CopyTo(texts.AsSpan(end));
                end += text.Length;
            }
        return new(new(texts), new(starts));
    }

    static AttributeColumn Numbers(RowRuns runs, string name, AttributeKind kind, AttributeColumn[] columns)
    {
        var fits = kind == AttributeKind.Integer && Fit(runs, columns);
        return new(name, kind,
            fits ? Values(runs, columns, (column, row) => (int)column.Integer(row)) : Slab<int>.Empty,
            kind == AttributeKind.Integer && !fits ? Values(runs, columns, (column, row) => column.Integer(row)) : Slab<long>.Empty,
            kind == AttributeKind.Real ? Values(runs, columns, (column, row) => column.Real(row)) : Slab<double>.Empty,
            kind == AttributeKind.Boolean ? Values(runs, columns, (column, row) => (byte)(column.Boolean(row) ? 1 : 0)) : Slab<byte>.Empty,
            Nulls(runs, columns));
    }

    static bool Fit(RowRuns runs, AttributeColumn[] columns)
    {
        foreach (var run in runs.Runs)
            if (columns[run.Part].Longs.Length > 0)
                for (var row = run.Row; row < run.End; row++)
                    if (columns[run.Part].Integer(row) is < int.MinValue or > int.MaxValue)
                        return false;
        return true;
    }

    static Slab<ulong> Nulls(RowRuns runs, AttributeColumn[] columns)
    {
        var (bits, at, any) = (new ulong[(runs.Count + 63) / 64], 0, false);
        foreach (var run in runs.Runs)
            for (var row = run.Row; row < run.End; row++, at++)
                if (columns[run.Part].IsNull(row))
                {
                    bits[at >> 6] |= 1ul << at;
                    any = true;
                }
        return any ? new(bits) : Slab<ulong>.Empty;
    }

    static Slab<T> Renumber<T>(RowRuns runs, CodeColumn[] columns, int[][] numbers, Func<int, T> narrow) where T : unmanaged
    {
        var narrowed = numbers.Select(one => Array.ConvertAll(one, number => narrow(number))).ToArray();
        var (target, at) = (GC.AllocateUninitializedArray<T>(runs.Count), 0);
        foreach (var run in runs.Runs)
            for (var (row, column, number) = (run.Row, columns[run.Part], narrowed[run.Part]); row < run.End; row++)
                target[at++] = number[column[row]];
        return new(target);
    }

    static Slab<T> Values<T>(RowRuns runs, AttributeColumn[] columns, Func<AttributeColumn, int, T> of) where T : unmanaged
    {
        var (target, at) = (GC.AllocateUninitializedArray<T>(runs.Count), 0);
        foreach (var run in runs.Runs)
            for (var row = run.Row; row < run.End; row++)
                target[at++] = of(columns[run.Part], row);
        return new(target);
    }

    static Slab<T> Each<T>(RowRuns runs, Func<LayerSnapshot, int, T> of) where T : unmanaged
    {
        var (target, at) = (GC.AllocateUninitializedArray<T>(runs.Count), 0);
        foreach (var run in runs.Runs)
            for (var (row, snapshot) = (run.Row, runs.Snapshot(run.Part)); row < run.End; row++)
                target[at++] = of(snapshot, row);
        return new(target);
    }
}
