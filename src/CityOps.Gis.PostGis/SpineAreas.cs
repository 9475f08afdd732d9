using System.Collections.Concurrent;
using CityOps.Gis.Heat;
using NetTopologySuite.Geometries;

namespace CityOps.Gis.PostGis;

/// <summary>The areas that heat maps count by, from the spine's layers, kept while their version stands.</summary>
/// <param name="source">Made by <see cref="Connections.Open"/>.</param>
public sealed class SpineAreas(CallerDatabase source)
{
    static readonly TimeSpan VersionsHold = TimeSpan.FromSeconds(1);
    readonly ConcurrentDictionary<HeatCellKind, Task<AreaSet>> _sets = [];
    (DateTime Until, IReadOnlyDictionary<string, long> Versions)? _versions;

    /// <summary>Layer of the spine whose features are the cells.</summary>
    public static string LayerOf(HeatCellKind kind) => kind switch
    {
        HeatCellKind.Grid => "unit_grids",
        HeatCellKind.Community => "communities",
        HeatCellKind.Subdistrict => "subdistricts",
        HeatCellKind.District => "districts",
        HeatCellKind.Department => "departments",
        _ => throw new ArgumentException($"Cells of kind {kind} are no areas.", nameof(kind)),
    };

    /// <summary>Versions of all layers, at most a second old.</summary>
    public async Task<IReadOnlyDictionary<string, long>> Versions(CancellationToken cancel = default)
    {
        if (_versions is { } known && known.Until > DateTime.UtcNow)
            return known.Versions;
        var versions = await new LayerStatistics(source).Versions(cancel);
        _versions = (DateTime.UtcNow + VersionsHold, versions);
        return versions;
    }

    /// <summary>The areas of a kind as they stand; of departments codes and names alone.</summary>
    /// <param name="version">Of the kind's layer, as of which they may be kept.</param>
    public async Task<AreaSet> Of(HeatCellKind kind, long version, CancellationToken cancel = default)
    {
        if (_sets.TryGetValue(kind, out var kept) && kept.IsCompletedSuccessfully && (await kept).Version == version)
            return await kept;
        var read = await Read(kind, version, cancel);
        _sets[kind] = Task.FromResult(read);
        return read;
    }

    // A code may have had several boundaries; the youngest is today's.
    async Task<AreaSet> Read(HeatCellKind kind, long version, CancellationToken cancel)
    {
        await using var command = source.CreateCommand($"""
            select distinct on (code collate "C") code, name, {(kind == HeatCellKind.Department ? "null::geometry" : "geom")}
            from {SqlName.Table(LayerOf(kind))} where code is not null order by code collate "C", begin_date desc nulls last
            """);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var (codes, names, shapes) = (new List<string>(), new List<string?>(), new List<Geometry?>());
        while (await reader.ReadAsync(cancel))
        {
            codes.Add(reader.GetString(0));
            names.Add(reader.IsDBNull(1) ? null : reader.GetString(1));
            shapes.Add(reader.IsDBNull(2) ? null : reader.GetFieldValue<Geometry>(2));
        }
        return new(version, [.. codes], [.. names], [.. shapes]);
    }
}
