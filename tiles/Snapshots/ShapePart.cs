namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>What a part of a shape is; holes follow the shell they lie in.</summary>
public enum ShapePart : byte
{
    Points,
    Line,
    Shell,
    Hole,
}
