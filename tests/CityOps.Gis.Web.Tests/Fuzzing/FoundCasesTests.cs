using CityOps.Gis.Crs;
using CityOps.Gis.Fuzzing;
using Xunit;

namespace CityOps.Gis.Tests.Web.Fuzzing;

/// <summary>What fuzzing found, kept small; each broke the code once.</summary>
public sealed class FoundCasesTests
{
    [Theory]
    // Blanks matched in six places of the pattern: six seconds for two hundred bytes, in the search box.
    [InlineData("places", "MTMxNDQwMDAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgMjgwOMKwMA==")]
    public void A_case_that_was_found_once_is_answered(string target, string input)
        => Assert.NotEqual("", FuzzTargets.OfTexts.First(one => one.Name == target).Run(Convert.FromBase64String(input)));

    [Theory]
    [InlineData("118.08   ,\t 24.45", 118.08, 24.45)]
    [InlineData("  24° 27′   N    118° 4′ 48″ E ", 118.08, 24.45)]
    public void Blanks_in_a_place_mean_nothing(string text, double longitude, double latitude)
    {
        var place = PlaceText.Parse(text, null)!.Value;
        Assert.Equal((longitude, latitude), (Math.Round(place.Longitude, 6), Math.Round(place.Latitude, 6)));
    }

    [Fact]
    public void Half_a_character_is_no_place() => Assert.Null(PlaceText.Parse("118.08, 24.45\uD800", null));
}
