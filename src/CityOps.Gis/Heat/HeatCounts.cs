namespace CityOps.Gis.Heat;

/// <summary>
/// What an executor found, in columns: one entry per cell with a feature, in order of their keys (lattices) or codes (areas). Never changes.
/// </summary>
public sealed class HeatCounts
{
    /// <summary><see cref="HeatCell.Key"/> of each cell; empty for areas.</summary>
    public required long[] Keys { get; init; }

    /// <summary>Code of each area; empty for lattices.</summary>
    public string[] Codes { get; init; } = [];

    /// <summary>Features in each cell.</summary>
    public required long[] Counts { get; init; }

    /// <summary>Sum of the field, and how many features had a value; empty where none was asked for.</summary>
    public double[] Sums { get; init; } = [];
    public long[] Valued { get; init; } = [];

    /// <summary>Different values of the field; empty where none was asked for.</summary>
    public long[] Distinct { get; init; } = [];

    /// <summary>Counts by cell and slice; null where none were asked for.</summary>
    public HeatSlices? Slices { get; init; }

    /// <summary>Features that answer the question and lie in no cell: without a place, or outside every area.</summary>
    public long Outside { get; init; }

    public int Length => Counts.Length;

    /// <summary>Features that answer the question.</summary>
    public long Total => Counts.Sum() + Outside;
}
