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

    [Fact]
    public async Task The_meter_says_enough_exactly_where_the_rule_takes_the_password()
    {
        string[] parts = ["kettle", "moon", "password", "ann.lee", "李安", "cityops", "1234", "2026", "qwerty", "木棉花", "zzzz", "abcdef", "-", " ", "x7q", "Tiger", "wangge", "鹭岛的清晨", "!"];
        var (random, rules, taken) = (new Random(20261126), new PasswordRules(), 0);
        for (var one = 0; one < 300; one++)
        {
            var password = string.Concat(Enumerable.Range(0, random.Next(0, 7)).Select(_ => parts[random.Next(parts.Length)]));
            var (strength, isTaken) = (PasswordRules.Weigh(Ann, password), (await rules.ValidateAsync(null!, Ann, password)).Succeeded);
            Assert.True(isTaken == strength.Level >= PasswordStrength.Enough, $"{password}: {strength}, taken: {isTaken}");
            Assert.InRange(strength.Level, 0, PasswordStrength.Most);
            taken += isTaken ? 1 : 0;
        }
        Assert.InRange(taken, 40, 260);
    }

    [Theory]
    [InlineData("password1234", PasswordPart.Word)]
    [InlineData("qwertyuiop[]", PasswordPart.Keys)]
    [InlineData("zzzzzzzzzzzz", PasswordPart.Repetition)]
    [InlineData("abcdefghijkl", PasswordPart.Sequence)]
    public void The_meter_names_what_would_be_guessed_first(string password, PasswordPart part) => Assert.Equal(part, PasswordRules.Weigh(Ann, password).Part);
}
