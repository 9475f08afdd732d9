using CityOps.Gis.Codes;

namespace CityOps.Gis.Fuzzing.Targets;

/// <summary>Codes of grids and components: null for what is none, and every part of what is one.</summary>
static class CodeTargets
{
    public static FuzzTarget Codes => new("codes", FuzzTargets.Utf8("350203002002001", "35020300200201", "3502030102000777", "35020301037000001", "350203A0B002001"), FuzzTargets.Utf8("000000", "350203", "　", "٣", "Ⅳ", "\0", "-1", "+1"), input =>
    {
        var text = FuzzTargets.Text(input);
        var found = "";
        if (GridCode.TryParse(text) is { } grid)
        {
            FuzzTargets.Promise(grid.ToString() == text && grid.Community + grid.Serial == text && grid.Subdistrict.StartsWith(grid.District, StringComparison.Ordinal), "a grid code is its parts", text);
            found += $"grid {grid.SerialNumber is null}";
        }
        foreach (var layout in Enum.GetValues<CodeLayout>())
            if (IdentificationCode.TryParse(text, layout, out var fault) is { } code)
            {
                FuzzTargets.Promise(code.ToString() == text && code.Division + code.Class == text[..^(text.Length - code.Division.Length - code.Class.Length)] && code.Serial >= 0, "an identification code is its parts", text);
                found += $" {layout} {fault}";
            }
            else
                found += $" {fault}";
        return found;
    });
}
