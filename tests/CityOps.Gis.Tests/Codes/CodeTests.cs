using CityOps.Gis.Codes;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace CityOps.Gis.Tests.Codes;

public sealed class CodeTests
{
    [Theory]
    [InlineData("35020300100101", "01"), InlineData("350203001001007", "007"), InlineData("350203001001A0Z", "A0Z")]
    public void A_grid_code_of_either_length_names_its_chain(string text, string serial)
    {
        var code = GridCode.TryParse(text)!;
        Assert.Equal(("350203", "350203001", "350203001001", serial), (code.District, code.Subdistrict, code.Community, code.Serial));
        Assert.Equal(text, code.ToString());
    }

    [Theory]
    [InlineData(null), InlineData(""), InlineData("3502030010010"), InlineData("3502030010010011"), InlineData("35020300100１01"), InlineData("350203 01001001")]
    public void Other_texts_are_no_grid_codes(string? text) => Assert.Null(GridCode.TryParse(text));

    [Fact]
    public void Equal_grid_codes_are_equal() => Assert.Equal(GridCode.TryParse("110101001001001"), GridCode.Make("110101001001", 1));

    [Theory]
    [InlineData("3205080101000001", CodeLayout.Cjt214, "320508", "0101", 1)]
    [InlineData("3502030201012345", CodeLayout.Cjt214, "350203", "0201", 12345)]
    [InlineData("3502030101700042", CodeLayout.Draft, "350203", "01017", 42)]
    [InlineData("35020301017000042", CodeLayout.Gbt47678, "350203", "01017", 42)]
    public void An_identification_code_is_read_by_its_layout(string text, CodeLayout layout, string division, string componentClass, int serial)
    {
        var code = IdentificationCode.TryParse(text, layout, out var fault)!.Value;
        Assert.Equal((CodeFault.None, division, componentClass, serial, layout), (fault, code.Division, code.Class, code.Serial, code.Layout));
    }

    [Theory]
    [InlineData(null, CodeLayout.Cjt214, CodeFault.CodeMissing)]
    [InlineData("  ", CodeLayout.Cjt214, CodeFault.CodeMissing)]
    [InlineData("320508010100001", CodeLayout.Cjt214, CodeFault.CodeLength)]
    [InlineData("3205080101000001", CodeLayout.Gbt47678, CodeFault.CodeLength)]
    [InlineData("32050801010000O1", CodeLayout.Cjt214, CodeFault.CodeCharacters)]
    [InlineData("３205080101000001", CodeLayout.Cjt214, CodeFault.CodeCharacters)]
    [InlineData("3205080101000000", CodeLayout.Cjt214, CodeFault.CodeSerialZero)]
    public void A_faulty_identification_code_says_why(string? text, CodeLayout layout, CodeFault expected)
    {
        IdentificationCode.TryParse(text, layout, out var fault);
        Assert.Equal(expected, fault);
    }

    [Property(MaxTest = 300)]
    public Property Making_and_reading_an_identification_code_are_inverse()
        => Prop.ForAll(Gen.Elements(CodeLayout.Cjt214, CodeLayout.Draft, CodeLayout.Gbt47678).ToArbitrary(), Gen.Choose(110000, 659999).ToArbitrary(), Gen.Choose(1, 99999).ToArbitrary(), (layout, division, serial) =>
        {
            var componentClass = layout == CodeLayout.Cjt214 ? "0117" : "01017";
            var code = IdentificationCode.Make($"{division}", componentClass, serial, layout);
            var again = IdentificationCode.TryParse(code.ToString(), layout, out _)!.Value;
            return again.Division == $"{division}" && again.Class == componentClass && again.Serial == serial && again.ToString().Length == IdentificationCode.Length(layout);
        });
}
