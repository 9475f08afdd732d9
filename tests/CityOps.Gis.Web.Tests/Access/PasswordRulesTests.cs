using CityOps.Gis.Web.Access.People;
using Xunit;

namespace CityOps.Gis.Tests.Web.Access;

public sealed class PasswordRulesTests
{
    static readonly Person Ann = new() { UserName = "ann.lee", DisplayName = "李安" };

    [Theory]
    [InlineData("kettle on the moon")]
    [InlineData("xq7-fj2k-93mz")]
    [InlineData("木棉花开在鹭岛的清晨六点")]
    [InlineData("ann.lee keeps nine geese")]
    public void A_long_password_that_few_people_use_is_good_without_capitals_digits_or_signs(string password) => Assert.Null(PasswordRules.Fault(Ann, password));

    [Theory]
    [InlineData("kettle moon", PasswordFault.TooShort)]
    [InlineData("password1234", PasswordFault.Common)]
    [InlineData("P@ssw0rd2026!", PasswordFault.Common)]
    [InlineData("woaini1314520", PasswordFault.Common)]
    [InlineData("123456789012345", PasswordFault.Common)]
    [InlineData("qwertyuiop123", PasswordFault.Common)]
    [InlineData("abcabcabcabcabc", PasswordFault.Common)]
    [InlineData("ann.lee20261126", PasswordFault.OwnName)]
    [InlineData("cityops-xiamen", PasswordFault.OwnName)]
    public void A_short_a_common_and_ones_own_name_are_refused(string password, PasswordFault fault) => Assert.Equal(fault, PasswordRules.Fault(Ann, password));

    [Fact]
    public void More_than_128_characters_are_refused() => Assert.Equal(PasswordFault.TooLong, PasswordRules.Fault(Ann, string.Concat(Enumerable.Range(0, 129).Select(at => (char)('a' + at * 7 % 26)))));
}
