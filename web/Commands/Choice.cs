using System.CommandLine;
using System.Text.Json;

namespace CityOps.Gis.Web.Commands;

/// <summary>An option that takes one of an enumeration's names, written in kebab case (<c>whole-layer</c>), in the order of <paramref name="choices"/>.</summary>
sealed class Choice<T>(string name, string description, params T[] choices)
    where T : struct, Enum
{
    public Option<string?> Option { get; } = Make(name, description, choices);

    /// <summary>What was chosen, or null where the option was not given.</summary>
    public T? Of(ParseResult parsed) => parsed.GetValue(Option) is { } written ? choices.First(one => Written(one) == written) : null;

    static Option<string?> Make(string name, string description, T[] choices)
    {
        var names = choices.Select(Written).ToArray();
        var option = new Option<string?>(name) { Description = description, HelpName = string.Join('|', names) };
        return option.AcceptOnlyFromAmong(names);
    }

    static string Written(T one) => JsonNamingPolicy.KebabCaseLower.ConvertName(one.ToString());
}
