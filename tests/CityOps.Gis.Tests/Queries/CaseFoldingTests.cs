using CityOps.Gis.Queries;
using CityOps.Gis.Testing;
using Xunit;

namespace CityOps.Gis.Tests.Queries;

public sealed class CaseFoldingTests
{
    [Theory]
    [InlineData("LAMP 灯 Ａ１", "lamp 灯 ａ１")]
    [InlineData("ÄÖÜ ×ß", "äöü ×ß")]
    [InlineData("ΟΔΟΣ ЁЖИК", "οδοσ ёжик")]
    public void Letters_become_small(string text, string folded) => Assert.Equal(folded, CaseFolding.Fold(text));

    [Fact]
    public void PostgreSQL_is_given_the_same_table()
    {
        var (sql, (from, to)) = (File.ReadAllText(Repository.PathOf("sql/0009_questions.sql")), CaseFolding.BeyondAscii);

        Assert.Contains($"'{from}',", sql, StringComparison.Ordinal);
        Assert.Contains($"'{to}')", sql, StringComparison.Ordinal);
    }

    [Fact]
    public void A_letter_keeps_its_length_in_UTF_8()
    {
        for (var code = 0; code < 0xD800; code++)
            Assert.Equal(System.Text.Encoding.UTF8.GetByteCount([(char)code]), System.Text.Encoding.UTF8.GetByteCount([CaseFolding.Fold((char)code)]));
    }
}
