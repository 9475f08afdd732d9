using System.Diagnostics;
using System.Text.RegularExpressions;
using CityOps.Gis.Testing;
using CityOps.Gis.Tests.Web.Access;
using Xunit;

namespace CityOps.Gis.Tests.Web.Commands;

/// <summary>Who can get into an installation that nobody has set up.</summary>
public sealed class FirstPeopleTests(SignInServer server) : IClassFixture<SignInServer>
{
    [Fact]
    public async Task The_first_administrator_has_a_random_password_that_is_said_once_and_must_be_changed()
    {
        await using var other = new PostGisDatabase();
        await other.InitializeAsync();
        _ = server.Database.Source;

        var (first, second) = (await Say(server.Database.ConnectionString), await Say(other.ConnectionString));
        var again = await Say(server.Database.ConnectionString);

        var (one, two) = (Password(first), Password(second));
        Assert.NotEqual(one, two);
        Assert.DoesNotContain("password", again, StringComparison.Ordinal);
        Assert.DoesNotContain(one, again, StringComparison.Ordinal);
        using var browser = server.Browser();
        Assert.Equal("NewPassword", (await SignInServer.SignIn(browser, "admin", one)).Step);
        Assert.NotNull((await SignInServer.SignIn(browser, "admin", two)).Fault);
        Assert.NotNull((await SignInServer.SignIn(browser, "admin", "admin")).Fault);
    }

    static string Password(string said) => Regex.Match(said, @"^Administrator admin, password \(shown this once, to be changed at the first sign-in\): (\S{12,})\s*$", RegexOptions.Multiline) is { Success: true } match
        ? match.Groups[1].Value
        : throw new InvalidOperationException(said);

    // What the program says until it listens.
    static async Task<string> Say(string connection)
    {
        using var folder = new TempFolder();
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "CityOps.Gis.Web.dll"), "up", "--urls", "http://127.0.0.1:0", "--lang", "en"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, Environment = { ["CITYOPS_DATABASE"] = connection, ["CITYOPS_ROOT"] = folder.Path },
        };
        using var program = Process.Start(start)!;
        _ = program.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            var said = new System.Text.StringBuilder();
            while (await program.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line && !said.AppendLine(line).ToString().Contains("http://127.0.0.1:", StringComparison.Ordinal))
                continue;
            return said.ToString();
        }
        finally
        {
            program.Kill(entireProcessTree: true);
            await program.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }
}
