using CityOps.Gis.Layers;

namespace CityOps.Gis.PostGis.Exports;

/// <summary>A column of an export.</summary>
/// <param name="Name">As the file names it.</param>
/// <param name="Source">Column of the layer's table; <c>x</c> or <c>y</c> for a coordinate of a point, in the reference system of the export.</param>
public sealed record ExportColumn(string Name, FieldType Type, string Source)
{
    public const string X = "x", Y = "y";

    /// <summary>True for what is read from the table.</summary>
    public bool IsStored => Source is not (X or Y);
}
