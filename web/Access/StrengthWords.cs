using CityOps.Gis.Web.Access.People;
using CityOps.Gis.Web.Resources;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Access;

/// <summary>Says how strong a password is, and why it is not enough.</summary>
static class StrengthWords
{
    /// <param name="fault">Why it would be refused; null where it would be taken.</param>
    public static string Of(IStringLocalizer<AccessText> texts, PasswordStrength strength, SignInFault? fault)
        => string.Join(UiLanguage.Current == "zh" ? "" : " ", Sentences(texts, strength, fault));

    static IEnumerable<string> Sentences(IStringLocalizer<AccessText> texts, PasswordStrength strength, SignInFault? fault)
    {
        yield return texts["strength." + LevelOf(strength, fault)];
        if (fault is not null)
            yield return texts["fault." + fault, 0, PasswordRules.Least];
        if (fault == SignInFault.Common && strength.Part is { } part)
            yield return texts["GuessedFirst", texts["part." + part]];
    }

    /// <summary>Below <see cref="PasswordStrength.Enough"/> wherever it would be refused.</summary>
    public static int LevelOf(PasswordStrength strength, SignInFault? fault) => fault is null ? strength.Level : Math.Min(strength.Level, PasswordStrength.Enough - 1);
}
