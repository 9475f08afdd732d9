namespace CityOps.Gis.Tiles.Heat;

/// <summary>Which cells of a study area, by number, are whose neighbours. A cell is not its own.</summary>
public interface INeighbours
{
    int Cells { get; }

    /// <summary>Most neighbours of a cell.</summary>
    int Most { get; }

    /// <summary>Is a cell's neighbour always the neighbour of its neighbour?</summary>
    bool IsSymmetric { get; }

    /// <summary>Writes the neighbours of a cell and returns how many they are.</summary>
    /// <param name="into">Room for <see cref="Most"/>.</param>
    int Of(int cell, Span<int> into);
}
