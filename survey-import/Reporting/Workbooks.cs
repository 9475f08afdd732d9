using System.Data;
using System.Globalization;
using MiniExcelLibs;
using MiniExcelLibs.OpenXml;

namespace CityOps.Gis.SurveyImport.Reporting;

/// <summary>Writes Excel workbooks: a heading that stays in sight, a filter, and texts that Excel accepts.</summary>
static class Workbooks
{
    /// <summary>Rows a sheet may have below its heading.</summary>
    public const int MostRows = 1_048_575;

    const int MostCharacters = 32_767;

    public static DataTable Sheet(string name, params string[] columns)
    {
        var sheet = new DataTable(name) { Locale = CultureInfo.InvariantCulture };
        foreach (var column in columns)
            sheet.Columns.Add(new DataColumn(Unique(sheet, column), typeof(object)) { Caption = column });
        return sheet;
    }

    /// <summary>A sheet of texts that is written as its rows are read.</summary>
    public static object Rows(RefusedSheet sheet) => Rows(sheet.Columns, sheet.Rows.Select(row => row.Cast<object?>()));

    /// <summary>A sheet that is written as its rows are read; one without rows still has its heading.</summary>
    public static object Rows(IReadOnlyList<string> columns, IEnumerable<IEnumerable<object?>> rows)
    {
        var lines = rows.Take(MostRows).Select(row => columns.Zip(row).ToDictionary(one => one.First, one => one.Second is string text ? Clean(text) : one.Second));
        return lines.Any() ? lines : Sheet("", [.. columns]);
    }

    /// <param name="sheets">Each a table, or rows by <see cref="Rows(RefusedSheet)"/>.</param>
    public static void Write(IReadOnlyList<(string Name, object Rows)> sheets, string file)
    {
        foreach (var sheet in sheets.Select(sheet => sheet.Rows).OfType<DataTable>())
            foreach (DataRow row in sheet.Rows)
                for (var at = 0; at < sheet.Columns.Count; at++)
                    if (row[at] is string text && Clean(text) is var clean && !ReferenceEquals(clean, text))
                        row[at] = clean;
        var settings = new OpenXmlConfiguration
        {
            Culture = CultureInfo.InvariantCulture, FastMode = true, EnableAutoWidth = true, MinWidth = 10, MaxWidth = 60, FreezeRowCount = 1, AutoFilter = true,
        };
        MiniExcel.SaveAs(file, sheets.ToDictionary(sheet => sheet.Name, sheet => sheet.Rows), configuration: settings, overwriteFile: true);
    }

    // A workbook is XML and holds no control characters; a cell holds so many characters and no more.
    static string Clean(string text)
    {
        if (text.Length > MostCharacters)
            text = text[..(char.IsHighSurrogate(text[MostCharacters - 1]) ? MostCharacters - 1 : MostCharacters)];
        return XmlText.Clean(text);
    }

    static string Unique(DataTable sheet, string name)
    {
        var unique = name;
        for (var number = 2; sheet.Columns.Contains(unique) || unique.Length == 0; number++)
            unique = $"{name} {number}";
        return unique;
    }
}
