using System.CommandLine;
using CityOps.Gis.Access;
using CityOps.Gis.PostGis.Access;
using CityOps.Gis.Queries;
using CityOps.Gis.Web.Access.People;

namespace CityOps.Gis.Web.Commands;

/// <summary><c>cityops people</c>: who may sign in, for those who sit at the machine; the page Administration does the same.</summary>
static class PeopleCommands
{
    public static Command Make()
    {
        var name = new Argument<string>("name") { Description = Texts.Both("用户名", "sign-in name") };
        return new Command("people", Texts.Both("人员：添加、列出、重设密码、停用", "people who sign in: add, list, new password, disable"))
        {
            Add(), new Command("list", Texts.Both("列出人员", "list them")).Does(List),
            new Command("password", Texts.Both("给出新的随机密码", "give a new random password")) { name }.DoesInPerson((parsed, output, cancel) => WithPerson(parsed, output, name, cancel, GivePassword)),
            new Command("disable", Texts.Both("停用", "shut out")) { name }.DoesInPerson((parsed, output, cancel) => WithPerson(parsed, output, name, cancel, (register, one, id, _, stop) => Disable(register, one, id, true, stop))),
            new Command("enable", Texts.Both("重新启用", "let in again")) { name }.DoesInPerson((parsed, output, cancel) => WithPerson(parsed, output, name, cancel, (register, one, id, _, stop) => Disable(register, one, id, false, stop))),
        }.WithExamples("./cityops people add chen.li --name 陈丽 --role grid-manager --scope community:350203001001", "./cityops people list", "./cityops people password chen.li");
    }

    /// <summary><c>cityops keys</c>: keys of devices and scripts.</summary>
    public static Command MakeKeys()
    {
        var (name, permissions, scopes) = (new Argument<string>("name") { Description = Texts.Both("密钥的用途", "what the key is for") }, Permissions(), Scopes());
        var days = new Option<int>("--days") { HelpName = "days", Description = Texts.Both("有效天数", "days it is valid"), DefaultValueFactory = _ => 365 };
        return new Command("keys", Texts.Both("设备与脚本的访问密钥", "keys of devices and scripts"))
        {
            new Command("add", Texts.Both("生成密钥，只显示一次", "make a key, shown once")) { name, permissions, scopes, days }
                .DoesInPerson((parsed, output, cancel) => AddKey(parsed.GetValue(name)!, parsed.GetValue(permissions)!, parsed.GetValue(scopes) ?? [], parsed.GetValue(days), parsed, output, cancel)),
        }.WithExamples("./cityops keys add nightly-export --permission View Export --days 90", "./cityops keys add sensor --permission View --scope district:350203");
    }

    static Command Add()
    {
        var name = new Argument<string>("name") { Description = Texts.Both("用户名", "sign-in name") };
        var shown = new Option<string?>("--name") { HelpName = "name", Description = Texts.Both("显示的姓名", "name as people read it") };
        var roles = new Option<string[]>("--role") { HelpName = "role", Description = Texts.Both("角色", "role") + ": " + string.Join(", ", Role.All.Select(role => role.Id)), Required = true, AllowMultipleArgumentsPerToken = true };
        roles.AcceptOnlyFromAmong([.. Role.All.Select(role => role.Id)]);
        var scopes = Scopes();
        return new Command("add", Texts.Both("添加人员；密码随机，只显示一次", "add one; the password is random and shown once")) { name, shown, roles, scopes }
            .DoesInPerson(async (parsed, output, cancel) =>
            {
                await using var desk = await PeopleDesk.Open(parsed, cancel);
                var (userName, codes) = (parsed.GetValue(name)!, parsed.GetValue(scopes) ?? []);
                var made = await desk.Register.Add(userName, parsed.GetValue(shown) ?? userName, parsed.GetValue(roles)!, codes.Length == 0, Read(codes), cancel: cancel);
                if (made.Fault is { } fault)
                    throw new CommandException(PersonFaults.Sentence(fault, userName));
                output.Answer(new { userName, made.Password });
                output.Say($"{userName} 的密码（只显示这一次，首次登录时须更改）：{made.Password}", $"{userName}, password (shown this once, to be changed at the first sign-in): {made.Password}");
                return ExitCode.Done;
            });
    }

    static async Task<int> List(ParseResult parsed, Output output, CancellationToken cancel)
    {
        await using var desk = await PeopleDesk.Open(parsed, cancel);
        var people = new List<ListedPerson>();
        for (IReadOnlyList<ListedPerson> page = [.. await desk.Directory.List(new(), null, cancel)]; page.Count > 0; page = await desk.Directory.List(new(), people[^1].Rights.UserName, cancel))
            people.AddRange(page);
        output.Answer(people.Select(one => new { one.Rights.UserName, one.Rights.Name, one.Rights.Roles, one.Rights.SeesWholeCity, scope = ScopeCodes.Of(one.Rights.Scope), one.IsDisabled, one.HasTwoFactor, one.SeenAt }));
        output.Table(
            output.Language == "zh" ? ["用户名", "姓名", "角色", "范围", "状态"] : ["name", "shown as", "roles", "scope", "state"],
            people.Select(one => (string[])[one.Rights.UserName, one.Rights.Name, string.Join(' ', one.Rights.Roles), one.Rights.SeesWholeCity ? "*" : string.Join(' ', ScopeCodes.Of(one.Rights.Scope)), one.IsDisabled ? "disabled" : ""]));
        return ExitCode.Done;
    }

    static async Task<int> GivePassword(PersonRegister register, string name, Guid id, Output output, CancellationToken cancel)
    {
        var password = await register.ResetPassword(id, cancel);
        output.Answer(new { name, password });
        output.Say($"{name} 的新密码（只显示这一次，登录时须更改）：{password}", $"{name}, new password (shown this once, to be changed at the next sign-in): {password}");
        return ExitCode.Done;
    }

    static async Task<int> Disable(PersonRegister register, string name, Guid id, bool isDisabled, CancellationToken cancel)
        => await register.SetDisabled(id, isDisabled, cancel) is { } fault ? throw new CommandException(PersonFaults.Sentence(fault, name)) : ExitCode.Done;

    static async Task<int> AddKey(string name, Permission[] permissions, string[] scopes, int days, ParseResult parsed, Output output, CancellationToken cancel)
    {
        await using var desk = await PeopleDesk.Open(parsed, cancel);
        var made = await desk.Keys.Make(name, permissions, scopes.Length == 0 ? null : Read(scopes), DateTimeOffset.UtcNow.AddDays(days), cancel);
        output.Answer(new { made.Id, key = made.Text });
        output.Say($"密钥（只显示这一次）：{made.Text}", $"Key (shown this once): {made.Text}");
        return ExitCode.Done;
    }

    static async Task<int> WithPerson(ParseResult parsed, Output output, Argument<string> argument, CancellationToken cancel, Func<PersonRegister, string, Guid, Output, CancellationToken, Task<int>> work)
    {
        await using var desk = await PeopleDesk.Open(parsed, cancel);
        var name = parsed.GetValue(argument)!;
        return await desk.Register.Find(name) is { } id ? await work(desk.Register, name, id, output, cancel) : throw new CommandException(PersonFaults.Sentence(PersonFault.Gone, name));
    }

    static Option<Permission[]> Permissions() => new("--permission") { HelpName = "permission", Description = Texts.Both("允许做什么", "what it may"), DefaultValueFactory = _ => [Permission.View], AllowMultipleArgumentsPerToken = true };

    static Option<string[]> Scopes() => new("--scope") { HelpName = "level:code", Description = Texts.Both("范围，如 district:350203；不给则为全市", "where, such as district:350203; without it the whole city"), AllowMultipleArgumentsPerToken = true };

    static JurisdictionScope Read(string[] codes)
        => codes.FirstOrDefault(code => code.Split(':') is not [var level, { Length: > 0 }] || !ScopeCodes.Levels.Contains(level)) is { } bad
            ? throw new CommandException(new($"范围“{bad}”应为 层级:编码，层级为 {string.Join("、", ScopeCodes.Levels)}。", $"The scope '{bad}' should be level:code, the level one of {string.Join(", ", ScopeCodes.Levels)}."))
            : ScopeCodes.Parse(codes);
}
