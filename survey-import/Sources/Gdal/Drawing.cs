using System.Globalization;
using System.Text;

namespace CityOps.Gis.SurveyImport.Sources.Gdal;

/// <summary>
/// Looks through a DXF for what holds it together, before GDAL does, which looks for ever for the end of a section that has none: pairs of lines, a group code and its value, in
/// sections, up to EOF (AutoCAD DXF Reference, General DXF File Structure).
/// </summary>
static class Drawing
{
    // The longest values of the reference have 2,049 characters.
    const int LongestLine = 1 << 20;

    /// <summary>What is wrong with it, or null. Of a binary drawing GDAL says that it reads none.</summary>
    public static SourceFault? Fault(DeliveryFile file)
    {
        if (IsBinary(file.Path))
            return null;
        if (EndlessLine(file.Path) is { } endless)
            return Faults.DrawingBroken(file.Name, endless.Number, Start(endless.Text));
        using var lines = new StreamReader(file.Path, Encoding.Latin1);
        var (number, isInside, before) = (0L, false, (Code: 0, Value: ""));
        while (lines.ReadLine() is { } code)
        {
            number += 2;
            if (!int.TryParse(code.AsSpan().Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var group))
                return Faults.DrawingBroken(file.Name, number - 1, Start(code));
            if (lines.ReadLine()?.Trim() is not { } value)
                return Faults.DrawingCutOff(file.Name);
            // The name of a section comes right behind its beginning.
            if (before == (0, "SECTION") && group != 2)
                return Faults.DrawingBroken(file.Name, number - 1, Start(code));
            if ((group, value) == (0, "EOF") && !isInside)
                return null;
            if ((group, value) is (0, "SECTION" or "ENDSEC" or "EOF"))
            {
                if (isInside != (value == "ENDSEC"))
                    return Faults.DrawingBroken(file.Name, number, value);
                isInside = !isInside;
            }
            before = (group, value);
        }
        return Faults.DrawingCutOff(file.Name);
    }

    static bool IsBinary(string path)
    {
        using var bytes = File.OpenRead(path);
        var start = new byte["AutoCAD Binary DXF"u8.Length];
        return bytes.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start.AsSpan().SequenceEqual("AutoCAD Binary DXF"u8);
    }

    // A line that would have to be held in memory whole.
    static (long Number, string Text)? EndlessLine(string path)
    {
        using var bytes = File.OpenRead(path);
        var (buffer, number, length) = (new byte[LongestLine], 1L, 0);
        while (bytes.Read(buffer) is > 0 and var read)
        {
            var rest = buffer.AsSpan(0, read);
            while (rest.IndexOfAny((byte)'\n', (byte)'\r') is >= 0 and var end)
            {
                (number, length) = (number + (rest[end] == '\n' ? 1 : 0), 0);
                rest = rest[(end + 1)..];
            }
            if ((length += rest.Length) > LongestLine)
                return (number, Encoding.Latin1.GetString(rest[..Math.Min(rest.Length, 40)]));
        }
        return null;
    }

    static string Start(string line) => line.Trim() is var text && text.Length <= 20 ? text : text[..20] + "…";
}
