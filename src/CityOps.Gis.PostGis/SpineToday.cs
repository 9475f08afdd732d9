using System.Collections.Frozen;
using NetTopologySuite.Geometries;

namespace CityOps.Gis.PostGis;

/// <summary>
/// The spine as it is valid on one day, in memory: what is below an area, an area by its code, the departments. Never changes; <see cref="SpineTree"/> has a new one read
/// where the spine or the day has changed. Of several areas with one code the one that began last counts.
/// </summary>
/// <param name="stamp">As of which versions and which day it was read.</param>
/// <param name="areas">In the order of their codes, those of one code the youngest first.</param>
/// <param name="departments">Each below the one above it.</param>
sealed class SpineToday(SpineStamp stamp, IEnumerable<SpineNode> areas, IReadOnlyList<SpineNode> departments)
{
    readonly FrozenDictionary<(string LayerId, string Above), IReadOnlyList<SpineNode>> _below = Below(areas.DistinctBy(area => (area.LayerId, area.Code)));
    readonly FrozenDictionary<(string LayerId, string Code), SpineNode> _byCode
        = areas.DistinctBy(area => (area.LayerId, area.Code)).Concat(Unmistakable(departments)).ToFrozenDictionary(node => (node.LayerId, node.Code));

    public SpineStamp Stamp => stamp;
    public IReadOnlyList<SpineNode> Departments => departments;

    /// <summary>Box of the districts in degrees (EPSG:4490); null while there are none.</summary>
    public Envelope? City { get; } = Around(areas.Where(area => area.LayerId == "districts"));

    /// <summary>The areas of a level whose codes begin with <paramref name="above"/>, the code of the level above; of the districts with nothing.</summary>
    public IReadOnlyList<SpineNode> Below(string layerId, string above) => _below.GetValueOrDefault((layerId, above), []);

    /// <summary>An area or a department; null where the code is unknown, or where several departments have it.</summary>
    public SpineNode? Find(string layerId, string code) => _byCode.GetValueOrDefault((layerId, code));

    // A code's beginning, as long as the codes of the level above, names what it lies in; one that is too short lies nowhere.
    static FrozenDictionary<(string, string), IReadOnlyList<SpineNode>> Below(IEnumerable<SpineNode> areas)
        => areas.Where(area => area.Code.Length >= SpineTree.LengthAbove(area.LayerId))
            .GroupBy(area => (area.LayerId, area.Code[..SpineTree.LengthAbove(area.LayerId)]))
            .ToFrozenDictionary(group => group.Key, group => (IReadOnlyList<SpineNode>)[.. group]);

    static IEnumerable<SpineNode> Unmistakable(IEnumerable<SpineNode> departments)
        => departments.GroupBy(one => one.Code).Where(group => group.Count() == 1).Select(group => group.Single());

    static Envelope? Around(IEnumerable<SpineNode> areas)
    {
        var whole = new Envelope();
        foreach (var area in areas)
            if (area.Box is { } box)
                whole.ExpandToInclude(box);
        return whole.IsNull ? null : whole;
    }
}
