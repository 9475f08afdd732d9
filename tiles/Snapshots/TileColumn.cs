using CityOps.Gis.Tiles.Encoding;

namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>An attribute on its way into one tile: its key, and the tile's index for each code of its dictionary once it has one.</summary>
sealed class TileColumn(AttributeColumn column, MvtWriter writer)
{
    readonly int _key = writer.Key(System.Text.Encoding.UTF8.GetBytes(column.Name));

    // Index + 1; 0 = not in the tile yet.
    readonly int[] _indexes = column.Kind == AttributeKind.Codes ? new int[column.Codes!.Distinct + 1] : [];

    public void Write(int row, MvtWriter target)
    {
        if (column.IsNull(row))
            return;
        target.Tag(_key, column.Kind switch
        {
            AttributeKind.Codes => OfCode(column.Codes![row], target),
            AttributeKind.Pooled => target.Text(column.Utf8(row)),
            AttributeKind.Integer => target.Integer(column.Integer(row)),
            AttributeKind.Real => target.Real(column.Real(row)),
            _ => target.Truth(column.Boolean(row)),
        });
    }

    int OfCode(int code, MvtWriter target)
    {
        if (_indexes[code] == 0)
            _indexes[code] = target.Text(column.Codes!.Utf8(code)) + 1;
        return _indexes[code] - 1;
    }
}
