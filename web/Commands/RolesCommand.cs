using System.CommandLine;
using CityOps.Gis.PostGis.Access;

namespace CityOps.Gis.Web.Commands;

/// <summary><c>cityops roles</c>: what the administrator of a PostgreSQL server makes for the product, which then needs no rights on the server itself.</summary>
static class RolesCommand
{
    const string Usual = "cityops";

    public static Command Make()
    {
        var role = new Argument<string>("role") { Description = Texts.Both("平台登录数据库所用的角色", "role that the program signs in with"), DefaultValueFactory = _ => Usual };
        var database = new Option<string>("--database") { HelpName = "name", Description = Texts.Both("平台的数据库", "the program's database"), DefaultValueFactory = _ => Usual };
        return new Command("roles", Texts.Both("输出给 psql 的 SQL：由数据库管理员为平台建立专用角色和数据库，平台因此无需超级用户权限", "print SQL for psql, by which a database administrator makes the program's own role and database, so that it need not be a superuser")) { role, database }
            .Does((parsed, output, _) =>
            {
                var script = ProductRole.Script(parsed.GetValue(role)!, parsed.GetValue(database)!);
                output.Answer(new { script });
                output.Say(script, script);
                return Task.FromResult(ExitCode.Done);
            })
            .WithExamples("./cityops roles", "./cityops roles gis --database gis");
    }
}
