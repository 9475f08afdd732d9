using System.CommandLine;

namespace CityOps.Gis.Web.Commands;

/// <summary><c>cityops test</c> and <c>bench</c>: they need the test projects, so the launcher runs them itself; here they only have their help.</summary>
static class LauncherCommands
{
    public static Command Test()
        => new Command("test", Texts.Both("安装所需软件并运行全部测试", "set up all that is needed and run every test"))
        {
            Words("project", "项目名称中的文字，只运行这些项目", "part of a project's name: only these are run"),
            Words("class", "测试类的全名，只运行该类", "full name of a test class: only this is run"),
        }.Does(NotHere).WithExamples("./cityops test", "./cityops test PostGis", "./cityops test CityOps.Gis.Tests CityOps.Gis.Tests.Crs.CrsDetectorTests");

    public static Command Bench()
        => new Command("bench", Texts.Both("测量速度，结果留在 tests/bench-log", "measure the speed; the results are kept in tests/bench-log"))
        {
            Words("what", "测量什么，如 import；不写则列出", "what to measure, such as import; they are listed without it"),
        }.Does(NotHere).WithExamples("./cityops bench", "./cityops bench import");

    static Argument<string?> Words(string name, string zh, string en) => new(name) { Arity = ArgumentArity.ZeroOrOne, Description = Texts.Both(zh, en) };

    static Task<int> NotHere(ParseResult parsed, Output output, CancellationToken cancel)
        => throw new CommandException(new("请用 ./cityops 运行 test 和 bench。", "Run test and bench with ./cityops."));
}
