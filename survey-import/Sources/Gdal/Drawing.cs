using System.Globalization;
using System.Text;

namespace CityOps.Gis.SurveyImport.Sources.Gdal;

/// <summary>
/// Looks through a DXF for what holds it together, before GDAL does, which looks for ever for the end of a section that has none: pairs of lines, a group code and its value, in
/// sections, up to EOF (AutoCAD DXF Reference, General DXF File Structure).
/// </summary>
static class Drawing
{
    const string Binary = "AutoCAD Binary DXF";

    /// <summary>What is wrong with it, or null. Of a binary drawing GDAL says that it reads none.</summary>
    public static SourceFault? Fault(DeliveryFile file)
    {
        using var lines = new StreamReader(file.Path, Encoding.Latin1);
        var (number, isInside, before) = (0L, false, (Code: 0, Value: ""));
        while (lines.ReadLine() is { } code)
        {
            if (number == 0 && code.StartsWith(Binary, StringComparison.Ordinal))
                return null;
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

    static string Start(string line) => line.Trim() is var text && text.Length <= 20 ? text : text[..20] + "…";
}
