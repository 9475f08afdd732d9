using System.Globalization;
using System.Runtime.CompilerServices;

namespace CityOps.Gis.PostGis;

/// <summary>
/// The spine as people walk through it: districts, then subdistricts, communities and unit grids below a code, as they are today; departments by their order.
/// What is below is found by code, whose prefixes name the levels above (GB/T 47678.3).
/// </summary>
public sealed class SpineTree(CallerDatabase database)
{
    // Length of a code by level; unit grids have 14 characters in the older layout and 15 in today's.
    static readonly (string LayerId, int Least, int Most)[] Levels = [("districts", 6, 6), ("subdistricts", 9, 9), ("communities", 12, 12), ("unit_grids", 14, 15)];

    /// <summary>The level of the spine that a code is of; null for a text that is no such code.</summary>
    public static string? LayerOf(string code)
        => code.All(char.IsAsciiLetterOrDigit) ? Levels.FirstOrDefault(level => code.Length >= level.Least && code.Length <= level.Most).LayerId : null;

    /// <summary>The areas of the next level below a code, in order of their codes; districts where the code is null; nothing below a unit grid.</summary>
    public async Task<IReadOnlyList<SpineNode>> Below(string? code, CancellationToken cancel = default)
    {
        var next = code is null ? 0 : Array.FindIndex(Levels, level => level.LayerId == LayerOf(code)) + 1;
        if (next == Levels.Length || (code is not null && next == 0))
            return [];
        return await Read(Current(Levels[next].LayerId, "starts_with(code, $1)"), [code ?? ""], Levels[next].LayerId, cancel).ToListAsync(cancel);
    }

    /// <summary>A code's own areas from the district down to itself; levels that are not known are left out.</summary>
    public async Task<IReadOnlyList<SpineNode>> PathTo(string code, CancellationToken cancel = default)
    {
        var path = new List<SpineNode>();
        foreach (var (layerId, least, _) in Levels)
            if (code.Length >= least)
                path.AddRange(await Read(Current(layerId, "code = $1"), [layerId == "unit_grids" ? code : code[..least]], layerId, cancel).Take(1).ToListAsync(cancel));
        return path;
    }

    /// <summary>All departments, each below the one above it.</summary>
    public async Task<IReadOnlyList<SpineNode>> Departments(CancellationToken cancel = default)
        => await Read("""
            with recursive tree as (
                select fid, code, name, 0 as depth, array[code collate "C"] as path from gis.departments top
                where not exists (select from gis.departments above where above.code = top.parent_code and above.code <> top.code)
                union all
                select below.fid, below.code, below.name, tree.depth + 1, tree.path || (below.code collate "C")
                from gis.departments below join tree on below.parent_code = tree.code
                where below.code collate "C" <> all(tree.path)
            )
            select fid, code, name, depth from tree where code is not null order by path
            """, [], "departments", cancel).ToListAsync(cancel);

    static string Current(string layerId, string condition) => $"""
        select fid, code, name, 0 from {SqlName.Table(layerId)}
        where {condition} and {IsCurrent(layerId, "")}
        order by code collate "C", begin_date desc nulls last
        """;

    /// <summary>Condition that an area is valid today: begun, not ended, not void (作废).</summary>
    /// <param name="of">What stands before the names of its columns: an alias and a dot, or nothing.</param>
    internal static string IsCurrent(string layerId, string of)
        => $"({of}begin_date is null or {of}begin_date <= current_date) and ({of}end_date is null or {of}end_date > current_date){(layerId == "unit_grids" ? $" and {of}status is distinct from '作废'" : "")}";

    async IAsyncEnumerable<SpineNode> Read(string sql, string[] values, string layerId, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var command = database.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
            yield return new(layerId, reader.GetInt64(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2), Convert.ToInt32(reader.GetValue(3), CultureInfo.InvariantCulture));
    }
}
