using CityOps.Gis.Layers;

namespace CityOps.Gis.Web.Access.People;

/// <summary>Sentences for <see cref="PersonFault"/>s.</summary>
static class PersonFaults
{
    public static LocalText Sentence(PersonFault fault, string name) => fault switch
    {
        PersonFault.BadName => new($"名称“{name}”不可用：1 至 64 个字符，首尾没有空格，不含 : / \\。", $"'{name}' cannot be a name: 1 to 64 characters, no spaces at its ends, none of : / \\."),
        PersonFault.NameTaken => new($"已有名为“{name}”的人员。", $"There is a person named '{name}' already."),
        PersonFault.BadPassword => new("密码太短、太常见或含有自己的名字；至少 12 个字符。", "The password is too short, too common or holds the own name; it needs at least 12 characters."),
        PersonFault.LastAdministrator => new($"“{name}”是最后一位全市管理员，请先指定另一位。", $"'{name}' is the last administrator of the whole city; make another one first."),
        PersonFault.Gone => new($"没有名为“{name}”的人员。", $"There is no person named '{name}'."),
        PersonFault.StillIn => new($"“{name}”仍可登录；请先停用此人员，再清除其个人信息。", $"'{name}' can still sign in; shut the person out first, then take the personal data out."),
        _ => new("他人同时修改了此人员，请重试。", "Somebody else changed this person at the same time; try again."),
    };
}
