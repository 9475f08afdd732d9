using CityOps.Gis.Web.Access.SingleSignOn;
using CityOps.Gis.Web.Commands;

namespace CityOps.Gis.Web.Access;

/// <summary>Reads how people come in from the environment; see <c>src/docs/access.md</c>.</summary>
static class AccessSettings
{
    const string TwoSteps = "CITYOPS_TWO_STEPS", Administrators = "administrators";

    /// <exception cref="CommandException">A variable cannot be read.</exception>
    public static AccessOptions Read() => new() { SingleSignOn = SingleSignOnSettings.Read(), AdministersByTwoSteps = AsksAdministrators(Environment.GetEnvironmentVariable(TwoSteps)) };

    static bool AsksAdministrators(string? asked) => asked switch
    {
        null or "" => false,
        Administrators => true,
        _ => throw new CommandException(new($"{TwoSteps} 应为 {Administrators}，而不是“{asked}”。", $"{TwoSteps} should be {Administrators}, not '{asked}'.")),
    };
}
