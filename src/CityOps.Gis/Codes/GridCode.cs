using System.Globalization;

namespace CityOps.Gis.Codes;

/// <summary>
/// Code of a unit grid (单元网格): 14 characters (6+3+3+2, CJ/T 213-2005) or 15 (6+3+3+3, later practice and GB/T 47678.5). Its prefixes name
/// community, subdistrict and district.
/// A management grid's code has the 15-character layout.
/// </summary>
public sealed record GridCode
{
    readonly string _characters;

    GridCode(string characters) => _characters = characters;

    public string District => _characters[..6];
    public string Subdistrict => _characters[..9];
    public string Community => _characters[..12];
    public string Serial => _characters[12..];

    /// <summary>Serial as a number; null where it holds letters, which GB/T 47678.5 allows.</summary>
    public int? SerialNumber => int.TryParse(Serial, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static GridCode? TryParse(string? text)
        => text is { Length: 14 or 15 } && text.All(char.IsAsciiLetterOrDigit) ? new GridCode(text) : null;

    /// <summary>The 15-character code of a community's grid.</summary>
    /// <param name="community">12 characters.</param>
    /// <param name="serial">1 to 999.</param>
    public static GridCode Make(string community, int serial)
        => serial is >= 1 and <= 999 && community.Length == 12 && TryParse($"{community}{serial:000}") is { } code
            ? code
            : throw new ArgumentException($"'{community}' with serial {serial} makes no grid code: it needs 12 characters and a serial of 1 to 999.");

    public override string ToString() => _characters;
}
