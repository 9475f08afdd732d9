using System.Globalization;

namespace CityOps.Gis.Codes;

/// <summary>Identification code (标识码) of a component: division, class and serial number, digits only.</summary>
public readonly record struct IdentificationCode
{
    const int DivisionLength = 6;

    readonly string _digits;

    IdentificationCode(string digits, CodeLayout layout) => (_digits, Layout) = (digits, layout);

    public CodeLayout Layout { get; }

    /// <summary>County-level division (GB/T 2260).</summary>
    public string Division => _digits[..DivisionLength];

    /// <summary>Class: major and minor, 4 or 5 digits.</summary>
    public string Class => _digits[DivisionLength..^SerialLength(Layout)];
    public string Major => _digits[DivisionLength..(DivisionLength + 2)];
    public int Serial => int.Parse(_digits.AsSpan()[^SerialLength(Layout)..], CultureInfo.InvariantCulture);

    /// <summary>As <see cref="Division"/> and <see cref="Class"/>, without a new string per row.</summary>
    public ReadOnlySpan<char> DivisionSpan => _digits.AsSpan(0, DivisionLength);
    public ReadOnlySpan<char> ClassSpan => _digits.AsSpan()[DivisionLength..^SerialLength(Layout)];

    public static int Length(CodeLayout layout) => layout == CodeLayout.Gbt47678 ? 17 : 16;

    static int SerialLength(CodeLayout layout) => layout == CodeLayout.Draft ? 5 : 6;

    /// <summary>
    /// Null with the fault when the text is no code. A serial of zero is a fault of a code that can be read: both come back.
    /// </summary>
    public static IdentificationCode? TryParse(string? text, CodeLayout layout, out CodeFault fault)
    {
        fault = string.IsNullOrWhiteSpace(text) ? CodeFault.CodeMissing
            : text.Length != Length(layout) ? CodeFault.CodeLength
            : text.AsSpan().ContainsAnyExceptInRange('0', '9') ? CodeFault.CodeCharacters
            : text.AsSpan()[^SerialLength(layout)..].ContainsAnyExcept('0') ? CodeFault.None : CodeFault.CodeSerialZero;
        return fault is CodeFault.None or CodeFault.CodeSerialZero ? new(text!, layout) : null;
    }

    /// <exception cref="ArgumentException">The parts do not fill the layout.</exception>
    public static IdentificationCode Make(string division, string componentClass, int serial, CodeLayout layout)
        => TryParse($"{division}{componentClass}{serial.ToString($"D{SerialLength(layout)}", CultureInfo.InvariantCulture)}", layout, out var fault) is { } code
            && division.Length == DivisionLength
            ? code
            : throw new ArgumentException($"Division '{division}', class '{componentClass}' and serial {serial} make no {layout} code ({fault}).");

    public override string ToString() => _digits ?? "";
}
