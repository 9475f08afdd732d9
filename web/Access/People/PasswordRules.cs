using Microsoft.AspNetCore.Identity;

namespace CityOps.Gis.Web.Access.People;

/// <summary>
/// What a password must be: long, not a common one, not made of the own name (NIST SP 800-63B, 5.1.1.2; OWASP ASVS 2.1). No rule about kinds of characters,
/// which makes passwords worse, and none about age.
/// </summary>
public sealed class PasswordRules : IPasswordValidator<Person>
{
    public const int Least = 12, Most = 128;

    public Task<IdentityResult> ValidateAsync(UserManager<Person> manager, Person user, string? password)
        => Task.FromResult(Fault(user, password ?? "") is { } fault ? IdentityResult.Failed(new IdentityError { Code = fault.ToString(), Description = $"The password is {fault}." }) : IdentityResult.Success);

    /// <summary>What is wrong with a password; null where it is good.</summary>
    public static PasswordFault? Fault(Person person, string password) => Weigh(person, password).Fault;

    /// <summary>How strong a password is, and what is wrong with it.</summary>
    public static PasswordStrength Weigh(Person person, string password)
    {
        var (score, part) = CommonPasswords.Weigh(password, [.. new[] { person.UserName, person.DisplayName }.OfType<string>()]);
        PasswordFault? fault = password.Length < Least ? PasswordFault.TooShort
            : password.Length > Most ? PasswordFault.TooLong
            : HoldsName(person, password) ? PasswordFault.OwnName
            : score < PasswordStrength.Enough ? PasswordFault.Common
            : null;
        return new(fault is null ? score : Math.Min(score, PasswordStrength.Enough - 1), fault, part);
    }

    static bool HoldsName(Person person, string password) => new[] { person.UserName, person.DisplayName, "cityops" }.Any(name
        => name is { Length: > 2 } && password.Contains(name, StringComparison.OrdinalIgnoreCase) && password.Length - name.Length < Least);
}
