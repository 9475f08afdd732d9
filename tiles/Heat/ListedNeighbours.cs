namespace CityOps.Gis.Tiles.Heat;

/// <summary>Neighbours as a list: those of cell i stand from <c>starts[i]</c> to before <c>starts[i + 1]</c>, in ascending order.</summary>
public sealed class ListedNeighbours : INeighbours
{
    readonly int[] _starts, _neighbours;

    public ListedNeighbours(IReadOnlyList<IReadOnlyCollection<int>> neighbours)
    {
        _starts = new int[neighbours.Count + 1];
        for (var cell = 0; cell < neighbours.Count; cell++)
            _starts[cell + 1] = _starts[cell] + neighbours[cell].Count;
        _neighbours = [.. neighbours.SelectMany(some => some.Order())];
        Most = neighbours.Count == 0 ? 0 : neighbours.Max(some => some.Count);
        IsSymmetric = Enumerable.Range(0, Cells).All(cell => Span(cell).ToArray().All(other => Span(other).BinarySearch(cell) >= 0));
    }

    public int Cells => _starts.Length - 1;
    public int Most { get; }
    public bool IsSymmetric { get; }

    public int Of(int cell, Span<int> into)
    {
        Span(cell).CopyTo(into);
        return _starts[cell + 1] - _starts[cell];
    }

    ReadOnlySpan<int> Span(int cell) => _neighbours.AsSpan(_starts[cell].._starts[cell + 1]);
}
