using CityOps.Gis.Layers;

namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>What the features of aggregated cells are counted by (<see cref="LayerZooms.CountBy"/>): for each code of a column the number of its key, 0 = none.</summary>
public sealed class CellKeys
{
    readonly ushort[] _keyOfCode;

    CellKeys(CodeColumn column, ushort[] keyOfCode, string[] names) => (Column, _keyOfCode, Names) = (column, keyOfCode, names);

    public CodeColumn Column { get; }

    /// <summary>Majors or statuses; the key of a name is its place here and one more.</summary>
    public IReadOnlyList<string> Names { get; }
    public ReadOnlySpan<ushort> KeyOfCode => _keyOfCode;

    /// <summary>Null where the layer's cells have one count only.</summary>
    internal static CellKeys? Of(LayerDefinition layer, IReadOnlyList<CodeColumn> codes)
    {
        if (layer.Zooms.CountBy == CountBy.None)
            return null;
        var column = layer.Zooms.CountBy == CountBy.Major ? codes[5] : codes[6];
        var names = new List<string>();
        var keys = new ushort[column.Distinct + 1];
        for (var code = 1; code < keys.Length; code++)
        {
            var text = column.Text(code)!;
            var name = layer.Zooms.CountBy == CountBy.Major && text.Length > 2 ? text[..2] : text;
            var at = names.IndexOf(name);
            if (at < 0)
                names.Add(name);
            keys[code] = (ushort)(at < 0 ? names.Count : at + 1);
        }
        return new(column, keys, [.. names]);
    }
}
