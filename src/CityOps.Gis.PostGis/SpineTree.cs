using CityOps.Gis.Queries;
using NetTopologySuite.Geometries;
using Npgsql;

namespace CityOps.Gis.PostGis;

/// <summary>
/// The spine as people walk through it: districts, then subdistricts, communities and unit grids below a code, as they are today; departments by their order.
/// What is below is found by code, whose prefixes name the levels above (GB/T 47678.3). It is the same for everybody and kept in memory, some 200 bytes an area; whether it has
/// changed is asked at most once a second for all, so a change is seen a second later at the latest. Safe to be used by many threads.
/// </summary>
public sealed class SpineTree(CallerDatabase database, TimeProvider? clock = null)
{
    // Length of a code by level; unit grids have 14 characters in the older layout and 15 in today's.
    static readonly (string LayerId, int Least, int Most)[] Levels = [("districts", 6, 6), ("subdistricts", 9, 9), ("communities", 12, 12), ("unit_grids", 14, 15)];
    static readonly TimeSpan ReliedOn = TimeSpan.FromSeconds(1);
    readonly TimeProvider _clock = clock ?? TimeProvider.System;
    readonly SpineReading _reading = new(database);
    readonly Lock _looking = new();
    Task<SpineToday>? _look;
    long _lookedAt;
    SpineToday? _kept;

    /// <summary>Layers of the areas, the largest first.</summary>
    internal static IEnumerable<string> AreaLayers => Levels.Select(level => level.LayerId);

    /// <summary>The level of the spine that a code is of; null for a text that is no such code.</summary>
    public static string? LayerOf(string code)
        => code.All(char.IsAsciiLetterOrDigit) ? Levels.FirstOrDefault(level => code.Length >= level.Least && code.Length <= level.Most).LayerId : null;

    /// <summary>The question narrowed to an area of the spine; as it is where none is named.</summary>
    /// <exception cref="ArgumentException">The text is no code of the spine.</exception>
    internal static FeatureQuery Within(FeatureQuery query, string? area) => area is null ? query : LayerOf(area) switch
    {
        "districts" => query with { Districts = [area] },
        "subdistricts" => query with { Subdistricts = [area] },
        "communities" => query with { Communities = [area] },
        "unit_grids" => query with { Grids = [area] },
        _ => throw new ArgumentException($"'{area}' is no code of a district, subdistrict, community or unit grid.", nameof(area)),
    };

    /// <summary>Length of the codes of the level above a level; 0 above the districts.</summary>
    internal static int LengthAbove(string layerId) => Array.FindIndex(Levels, level => level.LayerId == layerId) is > 0 and var at ? Levels[at - 1].Least : 0;

    /// <summary>The areas of the next level below a code, in order of their codes; districts where the code is null; nothing below a unit grid.</summary>
    public async Task<IReadOnlyList<SpineNode>> Below(string? code, CancellationToken cancel = default)
    {
        var next = code is null ? 0 : Array.FindIndex(Levels, level => level.LayerId == LayerOf(code)) + 1;
        return next == Levels.Length || (code is not null && next == 0) ? [] : (await Today(cancel)).Below(Levels[next].LayerId, code ?? "");
    }

    /// <summary>A code's own areas from the district down to itself; levels that are not known are left out.</summary>
    public async Task<IReadOnlyList<SpineNode>> PathTo(string code, CancellationToken cancel = default)
    {
        var today = await Today(cancel);
        return [.. Levels.Where(level => code.Length >= level.Least).Select(level => today.Find(level.LayerId, level.LayerId == "unit_grids" ? code : code[..level.Least])).OfType<SpineNode>()];
    }

    /// <summary>All departments, each below the one above it.</summary>
    public async Task<IReadOnlyList<SpineNode>> Departments(CancellationToken cancel = default) => (await Today(cancel)).Departments;

    /// <summary>Box of the districts in degrees (EPSG:4490), not to be changed; null while there are none.</summary>
    public async Task<Envelope?> City(CancellationToken cancel = default) => (await Today(cancel)).City;

    /// <summary>What areas of a level, or departments, are called today, by code; codes that are not valid today, or not without doubt, are left out.</summary>
    internal async Task<IReadOnlyDictionary<string, string?>> Names(string layerId, IEnumerable<string> codes, CancellationToken cancel)
    {
        var today = await Today(cancel);
        return codes.Select(code => today.Find(layerId, code)).OfType<SpineNode>().ToDictionary(node => node.Code, node => node.Name);
    }

    /// <summary>Condition that an area is valid today: begun, not ended, not void (作废).</summary>
    /// <param name="of">What stands before the names of its columns: an alias and a dot, or nothing.</param>
    internal static string IsCurrent(string layerId, string of)
        => $"({of}begin_date is null or {of}begin_date <= current_date) and ({of}end_date is null or {of}end_date > current_date){(layerId == "unit_grids" ? $" and {of}status is distinct from '作废'" : "")}";

    // Many ask at once, one looks; whoever gives up waiting does not stop the look of the others.
    Task<SpineToday> Today(CancellationToken cancel)
    {
        lock (_looking)
        {
            if (_look is null || (_look.IsCompleted && (!_look.IsCompletedSuccessfully || _clock.GetElapsedTime(_lookedAt) >= ReliedOn)))
                (_look, _lookedAt) = (Task.Run(Look, CancellationToken.None), _clock.GetTimestamp());
            return _look.WaitAsync(cancel);
        }
    }

    // While the database is away nothing of the spine changes.
    async Task<SpineToday> Look()
    {
        try
        {
            return _kept = await _reading.Read(_kept);
        }
        catch (NpgsqlException fault) when (fault.IsAway() && _kept is not null)
        {
            return _kept;
        }
    }
}
