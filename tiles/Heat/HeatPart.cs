using CityOps.Gis.Heat;
using CityOps.Gis.Tiles.Snapshots;

namespace CityOps.Gis.Tiles.Heat;

/// <summary>A part of the view made ready for a tally: its filter, the columns that are read, and what its codes are called in the whole. Read by all workers.</summary>
sealed class HeatPart
{
    public HeatPart(SnapshotFilter filter, HeatTally tally, CodeUnion? areas, CodeUnion? values)
    {
        Filter = filter;
        Slots = areas?.Add(AreaOf(filter.Snapshot, tally)) ?? [];
        Area = areas is null ? null : AreaOf(filter.Snapshot, tally);
        Values = tally.SumField is { } sum ? AttributeOf(filter.Snapshot, sum) : null;
        Texts = tally.DistinctField is { } text ? CodesOf(filter.Snapshot, text) : null;
        TextCodes = values?.Add(Texts!) ?? [];
    }

    public SnapshotFilter Filter { get; }

    /// <summary>Column whose codes are the cells, and the slot of each of its codes.</summary>
    public CodeColumn? Area { get; }
    public int[] Slots { get; }

    /// <summary>Number field to add up.</summary>
    public AttributeColumn? Values { get; }

    /// <summary>Text field whose values are told apart, and the number of each of its codes in the whole.</summary>
    public CodeColumn? Texts { get; }
    public int[] TextCodes { get; }

    /// <summary>Can memory answer? A number field must be one that tiles have, a text field must have a dictionary.</summary>
    public static bool Holds(LayerSnapshot snapshot, HeatTally tally)
        => (tally.SumField is not { } sum || AttributeOf(snapshot, sum) is { Kind: AttributeKind.Integer or AttributeKind.Real })
            && (tally.DistinctField is not { } text || CodesOf(snapshot, text) is not null);

    static AttributeColumn? AttributeOf(LayerSnapshot snapshot, string name) => snapshot.Attributes.FirstOrDefault(one => one.Name == name);

    static CodeColumn? CodesOf(LayerSnapshot snapshot, string name) => snapshot.Codes.FirstOrDefault(one => one.Name == name) ?? AttributeOf(snapshot, name)?.Codes;

    static CodeColumn AreaOf(LayerSnapshot snapshot, HeatTally tally) => snapshot.Codes.First(one => one.Name == tally.AreaColumn);
}
