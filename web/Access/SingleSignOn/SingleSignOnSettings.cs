using System.Text.Json;
using CityOps.Gis.Web.Commands;

namespace CityOps.Gis.Web.Access.SingleSignOn;

/// <summary>Reads the single sign-on from <c>CITYOPS_OIDC_…</c>; see <c>src/docs/access.md</c>.</summary>
static class SingleSignOnSettings
{
    const string Prefix = "CITYOPS_OIDC_";

    /// <summary>Null where no authority is named.</summary>
    /// <exception cref="CommandException">Something is missing or cannot be read.</exception>
    public static SingleSignOnOptions? Read()
    {
        if (Value("AUTHORITY") is not { } authority)
            return null;
        var options = new SingleSignOnOptions(authority, Needed("CLIENT_ID"), Secret());
        return options with { GroupClaim = Value("GROUP_CLAIM") ?? options.GroupClaim, Title = Value("TITLE"), Gives = Value("GROUPS") is { } file ? Groups(file) : options.Gives };
    }

    static string Secret() => Value("SECRET") ?? (Value("SECRET_FILE") is { } file ? Text(file).Trim() : Needed("SECRET"));

    static Dictionary<string, string[]> Groups(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, string[]>>(Text(file)) ?? [];
        }
        catch (JsonException fault)
        {
            throw new CommandException(new($"{Prefix}GROUPS 文件 {file} 不是有效的 JSON：{fault.Message}", $"The file {file} of {Prefix}GROUPS is no JSON of groups: {fault.Message}"));
        }
    }

    static string Text(string file) => File.Exists(file) ? File.ReadAllText(file) : throw new CommandException(new($"找不到文件 {file}。", $"There is no file {file}."));

    static string Needed(string name) => Value(name) ?? throw new CommandException(new($"设置了 {Prefix}AUTHORITY，还需设置 {Prefix}{name}。", $"{Prefix}AUTHORITY is set, so {Prefix}{name} must be too."));

    static string? Value(string name) => Environment.GetEnvironmentVariable(Prefix + name) is { Length: > 0 } value ? value : null;
}
