using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Exports;

namespace CityOps.Gis.Exports.Shapefiles;

/// <summary>A column of a .dbf: its type letter, its width in bytes, its declared decimals.</summary>
readonly record struct DbfColumn(string Name, FieldType Type, char Letter, int Width, int Decimals)
{
    /// <summary>A .dbf text has no more bytes.</summary>
    public const int MostBytes = 254;

    // 1e300 does not fit; 17 significant digits of what a city measures do.
    const int NumberWidth = 24, NumberDecimals = 9, IntegerWidth = 19, TimeWidth = 27;

    /// <param name="longest">Bytes of the longest value.</param>
    public static DbfColumn Of(ExportColumn column, int longest) => column.Type switch
    {
        FieldType.Integer => new(column.Name, column.Type, 'N', IntegerWidth, 0),
        FieldType.Real => new(column.Name, column.Type, 'N', NumberWidth, NumberDecimals),
        FieldType.Date => new(column.Name, column.Type, 'D', 8, 0),
        FieldType.Boolean => new(column.Name, column.Type, 'L', 1, 0),
        FieldType.DateTime => new(column.Name, column.Type, 'C', TimeWidth, 0),
        _ => new(column.Name, column.Type, 'C', Math.Clamp(longest, 1, MostBytes), 0),
    };
}
