using CityOps.Gis.Queries;

namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>The codes a question allows, column by column; a column that allows all its codes makes no condition.</summary>
static class SnapshotConditions
{
    public static IEnumerable<CodeCondition> Of(LayerSnapshot snapshot, FeatureQuery query, DepartmentTree departments)
    {
        IReadOnlyList<string>[] asked = [query.Districts, query.Subdistricts, query.Communities, query.Grids, query.Departments, query.Classes, query.Statuses];
        for (var number = 0; number < asked.Length; number++)
        {
            var allowed = number switch
            {
                4 when asked[4].Count > 0 => AnyOf(snapshot.Department, departments.Below(asked[4])),
                5 when asked[5].Count > 0 => Classes(snapshot.Class, asked[5]),
                6 => Statuses(snapshot, asked[6]),
                _ when asked[number].Count > 0 => AnyOf(snapshot.Codes[number], asked[number]),
                _ => null,
            };
            if (allowed is not null)
                yield return new(snapshot.Codes[number], number, allowed, snapshot.Blocks.Blocks.Words(number));
        }
    }

    /// <summary>A byte per code of a column, 1 for the codes of some texts.</summary>
    public static byte[] AnyOf(CodeColumn column, IEnumerable<string> texts)
    {
        var allowed = new byte[column.Distinct + 1];
        foreach (var text in texts)
            if (column.Find(text) is > 0 and var code)
                allowed[code] = 1;
        return allowed;
    }

    // A major (大类) is asked for by its two digits.
    static byte[] Classes(CodeColumn column, IReadOnlyList<string> classes)
    {
        var allowed = AnyOf(column, classes.Where(code => code.Length > 2));
        var majors = classes.Where(code => code.Length <= 2).ToHashSet();
        if (majors.Count > 0)
            for (var code = 1; code < allowed.Length; code++)
                if (column.Text(code)! is var text && majors.Contains(text.Length > 2 ? text[..2] : text))
                    allowed[code] = 1;
        return allowed;
    }

    // The removed answer only a question for their status; a feature without a status is not removed.
    static byte[]? Statuses(LayerSnapshot snapshot, IReadOnlyList<string> statuses)
    {
        if (statuses.Count > 0)
            return AnyOf(snapshot.Status, statuses);
        if (snapshot.Layer.RemovedStatus is not { } removed || snapshot.Status.Find(removed) is not (> 0 and var code))
            return null;
        var allowed = new byte[snapshot.Status.Distinct + 1];
        allowed.AsSpan().Fill(1);
        allowed[code] = 0;
        return allowed;
    }
}
