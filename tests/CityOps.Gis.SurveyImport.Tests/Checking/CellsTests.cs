using CityOps.Gis.SurveyImport.Checking;
using Xunit;

namespace CityOps.Gis.Tests.SurveyImport.Checking;

public sealed class CellsTests
{
    [Theory]
    [InlineData("20200810")]
    [InlineData(" 20200810 ")]
    [InlineData("2020-08-10")]
    [InlineData("2020-8-10")]
    [InlineData("2020/8/10")]
    [InlineData("2020/08/10")]
    [InlineData("2020.8.10")]
    [InlineData("2020年8月10日")]
    [InlineData("2020年08月10日")]
    [InlineData("8/10/2020")]
    [InlineData("08/10/2020 12:00:00 AM")]
    [InlineData("2020-08-10 00:00:00")]
    [InlineData("2020-08-10T00:00:00")]
    [InlineData("2020-08-10T00:00:00+08:00")]
    [InlineData("2020-08-09T16:00:00Z")]
    [InlineData("2020-08-10 23:59:59.123")]
    [InlineData("20200810153000")]
    [InlineData("Mon Aug 10 00:00:00 CST 2020")]
    [InlineData("2020/8/10 0:00:00")]
    public void A_day_is_read_however_it_is_written(string text) => Assert.Equal(new DateOnly(2020, 8, 10), Cells.Day(text));

    [Theory]
    [InlineData("")]
    [InlineData("2024年13月")]
    [InlineData("20201310")]
    [InlineData("20200230")]
    [InlineData("2020")]
    [InlineData("八月十日")]
    [InlineData("Mon Aug 10 00:00:00 XYZ 2020")]
    public void What_is_no_day_is_none(string text) => Assert.Null(Cells.Day(text));

    [Theory]
    [InlineData("2020-08-10 08:30:00", 0)]
    [InlineData("2020-08-10T08:30:00", 0)]
    [InlineData("2020-08-10T08:30:00+08:00", 0)]
    [InlineData("2020-08-10T00:30:00Z", 0)]
    [InlineData("2020-08-10 08:30", 0)]
    [InlineData("2020/8/10 8:30", 0)]
    [InlineData("8/10/2020 8:30:00 AM", 0)]
    [InlineData("Mon Aug 10 08:30:00 CST 2020", 0)]
    [InlineData("2020-08-10 08:30:00+00", 8)]
    public void A_time_without_a_zone_is_Beijings(string text, int hoursLater)
        => Assert.Equal(new DateTimeOffset(2020, 8, 10, 8, 30, 0, TimeSpan.FromHours(8)).AddHours(hoursLater), Cells.Instant(text));

    [Theory]
    [InlineData("12", 12L)]
    [InlineData(" -3 ", -3L)]
    [InlineData("12.0", 12L)]
    [InlineData("1e3", 1000L)]
    [InlineData("12.5", null)]
    [InlineData("十二", null)]
    [InlineData("NaN", null)]
    public void A_whole_number_is_read_or_refused(string text, long? number) => Assert.Equal(number, Cells.Integer(text));

    [Theory]
    [InlineData("是", true)]
    [InlineData("Y", true)]
    [InlineData("0", false)]
    [InlineData("无", false)]
    [InlineData("也许", null)]
    public void Yes_and_no_are_read_in_both_languages(string text, bool? truth) => Assert.Equal(truth, Cells.Truth(text));
}
