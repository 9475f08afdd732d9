using CityOps.Gis.Queries;

namespace CityOps.Gis.Heat;

/// <summary>What a heat map shows: which features (<see cref="FeatureQuery"/>), counted by which cells, as which value, cut or compared how.</summary>
public sealed record HeatQuestion(FeatureQuery Query)
{
    public const double LeastSize = 25, MostSize = 10_000;

    /// <summary>As many as there are steps between seven colours.</summary>
    public const int MostBreaks = 6;

    public HeatCellKind Cell { get; init; } = HeatCellKind.Square;

    /// <summary>Metres of a lattice's cell; of no meaning for areas.</summary>
    public double Size { get; init; } = 500;

    /// <summary>Reference parallel of the lattice in degrees; null = the city's.</summary>
    public double? Parallel { get; init; }
    public HeatMeasure Measure { get; init; }

    /// <summary>Field that is summed, averaged or whose values are told apart.</summary>
    public string? Field { get; init; }

    /// <summary>Layer whose features <see cref="HeatMeasure.Per"/> divides by, and their classes.</summary>
    public string? PerLayer { get; init; }
    public IReadOnlyList<string> PerClasses { get; init; } = [];
    public HeatSlice Slice { get; init; }

    /// <summary>The one slice that is shown, as <see cref="HeatSlices.Name"/> writes it; null = the whole, with the slices beside. Colours are fixed over all slices.</summary>
    public string? At { get; init; }

    /// <summary>Where classes begin, ascending; empty = quantiles.</summary>
    public IReadOnlyList<double> Breaks { get; init; } = [];
    public HeatComparison Compare { get; init; }

    /// <summary>The second period, half-open; it takes the place of the first one's ends.</summary>
    public DateTimeOffset? From2 { get; init; }
    public DateTimeOffset? To2 { get; init; }

    /// <summary>The second layer: asked for the same places and times, and classes and status of its own; words and filters are of the first one's fields.</summary>
    public string? Layer2 { get; init; }
    public IReadOnlyList<string> Classes2 { get; init; } = [];
    public IReadOnlyList<string> Statuses2 { get; init; } = [];

    /// <summary>Hot and cold spots by Gi* are asked for, with these neighbours.</summary>
    public NeighbourRule? Hotspots { get; init; }

    public bool IsLattice => Cell is HeatCellKind.Square or HeatCellKind.Hexagon;

    /// <summary>What the other side of a comparison asks; null without one.</summary>
    public FeatureQuery? Query2 => Compare == HeatComparison.None ? null
        : Layer2 is { } layer ? Query.Of(layer) with { Classes = Classes2, Statuses = Statuses2, Text = null, Filter = null } : Query with { From = From2, To = To2 };

    /// <summary>What the divisor asks: the same places, classes of its own; null for other measures.</summary>
    public FeatureQuery? Divisor => Measure == HeatMeasure.Per && PerLayer is { } layer
        ? Query.Of(layer) with { Classes = PerClasses, Statuses = [], Departments = [], From = null, To = null, Text = null, Filter = null }
        : null;
}
