using System.Globalization;

namespace CityOps.Gis.Layers;

/// <summary>Reads a code list: UTF-8, comma-separated (RFC 4180), with the header <see cref="Header"/>.</summary>
static class CodeListFile
{
    const string Header = "table,kind,code,major,major_zh,major_en,name_zh,name_en,geometry,accuracy_m,successor,confidence,source";

    public static CodeList? Read(string path, List<LayerFault> faults)
    {
        var id = Path.GetFileNameWithoutExtension(path);
        var lines = File.ReadAllLines(path);
        if (lines.Length == 0 || lines[0] != Header)
        {
            faults.Add(new(path, "row 1", new($"首行必须是 {Header}。", $"The first line must be {Header}.")));
            return null;
        }
        var entries = new List<CodeEntry>();
        var seen = new HashSet<(string, string, string)>();
        for (var row = 1; row < lines.Length; row++)
        {
            var cells = Split(lines[row]);
            if (cells.Count != 13)
                faults.Add(new(path, $"row {row + 1}", new($"应有 13 列，实有 {cells.Count} 列。", $"There should be 13 columns and there are {cells.Count}.")));
            else if (!seen.Add((cells[0], cells[1], cells[2])))
                faults.Add(new(path, $"row {row + 1}", new($"代码 {cells[2]} 在同一表中出现两次。", $"Code {cells[2]} occurs twice in its table.")));
            else if (cells[8].Length > 0 && !Enum.TryParse<GeometryKind>(cells[8], ignoreCase: true, out _))
                faults.Add(new(path, $"row {row + 1}", new($"几何类型“{cells[8]}”不认识。", $"The geometry kind '{cells[8]}' is not known.")));
            else if (cells[9].Length > 0 && !double.TryParse(cells[9], CultureInfo.InvariantCulture, out _))
                faults.Add(new(path, $"row {row + 1}", new($"精度“{cells[9]}”不是数字。", $"The accuracy '{cells[9]}' is not a number.")));
            else
                entries.Add(Entry(cells));
        }
        return new(id, entries);
    }

    static CodeEntry Entry(List<string> cells) => new(
        cells[0], cells[1], cells[2], new(cells[6], cells[7]),
        cells[3] is { Length: > 0 } major ? major : null,
        cells[4] is { Length: > 0 } majorZh ? new(majorZh, cells[5]) : null,
        Enum.TryParse<GeometryKind>(cells[8], ignoreCase: true, out var kind) ? kind : null,
        double.TryParse(cells[9], CultureInfo.InvariantCulture, out var meters) ? meters : null,
        cells[10] is { Length: > 0 } successor ? successor : null);

    static List<string> Split(string line)
    {
        var cells = new List<string>();
        var cell = new System.Text.StringBuilder();
        var isQuoted = false;
        for (var i = 0; i < line.Length; i++)
            switch (line[i])
            {
                case '"' when isQuoted && i + 1 < line.Length && line[i + 1] == '"':
                    cell.Append('"');
                    i++;
                    break;
                case '"':
                    isQuoted = !isQuoted;
                    break;
                case ',' when !isQuoted:
                    cells.Add(cell.ToString());
                    cell.Clear();
                    break;
                default:
                    cell.Append(line[i]);
                    break;
            }
        cells.Add(cell.ToString());
        return cells;
    }
}
