using CityOps.Gis.Features;
using Xunit;

namespace CityOps.Gis.Tests;

public sealed class FormulaMarkTests
{
    [Theory]
    [InlineData("=HYPERLINK(\"http://x\")", "'=HYPERLINK(\"http://x\")")]
    [InlineData("+86 592 2000001", "'+86 592 2000001")]
    [InlineData("-1+1", "'-1+1")]
    [InlineData("@SUM(1)", "'@SUM(1)")]
    [InlineData("'=1", "''=1")]
    [InlineData("''", "'''")]
    [InlineData("'s", "'s")]
    [InlineData("雨水井盖", "雨水井盖")]
    [InlineData("", "")]
    public void A_text_that_looks_like_a_formula_is_marked_and_every_text_comes_back(string text, string cell)
    {
        Assert.Equal(cell, FormulaMark.On(text));
        Assert.Equal(text, FormulaMark.Off(cell));
    }
}
