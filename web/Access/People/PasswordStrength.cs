namespace CityOps.Gis.Web.Access.People;

/// <summary>How strong a password is, as the rule that takes or refuses it sees it.</summary>
/// <param name="Level">0 to <see cref="Most"/>; from <see cref="Enough"/> on exactly where nothing is wrong.</param>
/// <param name="Fault">Why it is refused; null where it is taken.</param>
/// <param name="Part">What would be guessed first; null where nothing stands out.</param>
public sealed record PasswordStrength(int Level, PasswordFault? Fault, PasswordPart? Part)
{
    public const int Enough = 3, Most = 4;
}
