using CityOps.Gis.PostGis.Cases;
using Xunit;

namespace CityOps.Gis.Tests.PostGis.Cases;

/// <summary>Lists of days as people paste them.</summary>
public sealed class HolidayListTests
{
    [Theory]
    [InlineData("date,kind,name\n2027-01-01,free,New Year, first day\r\n2027-01-03,worked,instead\n")]
    [InlineData("2027/1/1\t放假\tNew Year, first day\n\n2027年1月3日\t上班\tinstead")]
    [InlineData("20270101；休；\"New Year, first day\"\n2027.1.3;WORKED;instead")]
    public void Dates_kinds_and_names_are_read_as_tables_write_them(string text)
    {
        var list = HolidayList.Parse(text);

        Assert.Empty(list.Faults);
        Assert.Equal([new Holiday(new(2027, 1, 1), false, "New Year, first day"), new Holiday(new(2027, 1, 3), true, "instead")], list.Days);
    }

    [Theory]
    [InlineData("", "1 empty 0")]
    [InlineData("date,kind,name", "1 empty 0")]
    [InlineData("2027-01-01,free", "1 cells 2027-01-01,free")]
    [InlineData("2027-02-29,free,x", "1 day 2027-02-29")]
    [InlineData("0027-02-20,free,x", "1 day 0027-02-20")]
    [InlineData("2027-01-01,调休,x", "1 kind 调休")]
    [InlineData("2027-01-01,free,", "1 name ")]
    [InlineData("2027-01-01,free,x\n2027/1/1,worked,y\nx1,free,y", "2 twice 2027-01-01|3 day x1")]
    public void One_fault_takes_nothing_and_every_wrong_line_is_named(string text, string faults)
    {
        var list = HolidayList.Parse(text);

        Assert.Empty(list.Days);
        Assert.Equal(faults, string.Join('|', list.Faults.Select(fault => $"{fault.Line} {fault.Code} {fault.Found}")));
    }

    [Fact]
    public void More_lines_than_years_have_are_not_taken()
        => Assert.Equal("many", Assert.Single(HolidayList.Parse(string.Join('\n', Enumerable.Range(0, HolidayList.MostLines + 1).Select(day => $"{new DateOnly(2027, 1, 1).AddDays(day):yyyy-MM-dd},free,x"))).Faults).Code);
}
