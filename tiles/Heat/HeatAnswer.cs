using CityOps.Gis.Heat;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;

namespace CityOps.Gis.Tiles.Heat;

/// <summary>A heat map's cells in columns, in order of their keys (lattices) or codes (areas), and how they came about. Never changes.</summary>
public sealed record HeatAnswer
{
    /// <summary>The question with its reference parallel.</summary>
    public required HeatQuestion Question { get; init; }
    public required LayerDefinition Layer { get; init; }
    public required HeatGrid? Lattice { get; init; }

    /// <summary>Shapes and names of areas; null for lattices.</summary>
    public required AreaSet? Areas { get; init; }

    /// <summary><c>snapshot</c> (memory) or <c>sql</c>.</summary>
    public required string Executor { get; init; }

    /// <summary>Version of the layer's features.</summary>
    public required long Version { get; init; }
    public double Milliseconds { get; init; }

    public required long[] Keys { get; init; }
    public required string[] Codes { get; init; }

    /// <summary>Features of each cell, and those of the other side of a comparison.</summary>
    public required long[] Counts { get; init; }
    public long[] Counts2 { get; init; } = [];

    /// <summary>NaN where a cell has no value.</summary>
    public required double[] Values { get; init; }
    public HeatSlices? Slices { get; init; }

    /// <summary>Features that answer the question, and how many of them lie in no cell.</summary>
    public required long Total { get; init; }
    public required long Outside { get; init; }
    public long? Total2 { get; init; }
    public required HeatLegend Legend { get; init; }

    /// <summary>Null where none were asked for.</summary>
    public HotSpots? Spots { get; init; }

    public int Length => Counts.Length;

    public string Id(int cell) => Lattice is null ? Codes[cell] : HeatCell.Of(Keys[cell]).ToString();

    /// <summary>Number of an area in <see cref="Areas"/>; negative for lattices and codes that the spine does not know.</summary>
    public int AreaOf(int cell) => Areas?.Find(Codes[cell]) ?? -1;

    /// <summary>Middle of a cell in degrees; null where an area has no shape.</summary>
    public (double Longitude, double Latitude)? Centre(int cell)
        => Lattice is not null ? Lattice.Centre(HeatCell.Of(Keys[cell]))
            : AreaOf(cell) is >= 0 and var area && Areas!.Shapes[area] is { IsEmpty: false } shape && shape.Centroid is var middle ? (middle.X, middle.Y) : null;
}
