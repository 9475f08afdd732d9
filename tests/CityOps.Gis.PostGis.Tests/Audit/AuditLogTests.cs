using CityOps.Gis.Access;
using CityOps.Gis.PostGis;
using CityOps.Gis.PostGis.Audit;
using CityOps.Gis.Testing;
using Npgsql;
using Xunit;

namespace CityOps.Gis.Tests.PostGis.Audit;

public sealed class AuditLogTests(PostGisDatabase database) : IClassFixture<PostGisDatabase>
{
    static readonly Caller Ann = new("p1", "Ann", Role.Surveyor.Permissions, null) { Address = "10.0.0.1" };

    [Fact]
    public async Task An_entry_says_who_and_from_where_and_what_was_before_and_after()
    {
        var subject = Guid.NewGuid().ToString();
        using (Ann.Enter())
            await new AuditLog(database.Source).Write(new(AuditKind.FeatureChanged, subject, new { status = "完好" }, new { status = "破损" }) { LayerId = "components", Fid = 7 });

        var entry = Assert.Single(await new AuditSearch(database.Source).Page(new(Words: subject), null));

        Assert.Equal(("p1", "Ann", "10.0.0.1", "feature-changed", "components", 7L), (entry.WhoId, entry.Who, entry.Address, entry.Kind, entry.LayerId, entry.Fid));
        Assert.Equal(("""{"status": "完好"}""", """{"status": "破损"}"""), (entry.Before, entry.After));
    }

    [Theory]
    [InlineData("update cityops.audit_entry set who = 'nobody'")]
    [InlineData("delete from cityops.audit_entry")]
    [InlineData("truncate cityops.audit_entry")]
    public async Task Nobody_changes_or_takes_away_an_entry_not_even_a_superuser(string statement)
    {
        await new AuditLog(database.Source).Write(new(AuditKind.SignedIn));

        Assert.Contains("only added to", (await Assert.ThrowsAsync<PostgresException>(() => database.Run(statement))).MessageText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("select * from cityops.audit_entry")]
    [InlineData("update cityops.audit_entry set who = 'nobody'")]
    [InlineData("select * from access.person")]
    public async Task The_role_that_callers_have_adds_to_the_log_and_sees_neither_it_nor_people(string statement)
    {
        using var entered = Ann.Enter();
        await using var connection = await new CallerDatabase(database.Source).Open();
        await AuditLog.Write(connection, new(AuditKind.FeatureChanged));
        await using var command = new NpgsqlCommand(statement, connection);

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync())).SqlState);
    }

    [Fact]
    public async Task Pages_follow_one_another_without_gap_or_repetition()
    {
        var (log, search, subject) = (new AuditLog(database.Source), new AuditSearch(database.Source), Guid.NewGuid().ToString());
        for (var left = AuditSearch.PageSize + 3; left > 0; left--)
            await log.Write(new(AuditKind.Exported, subject));

        var first = await search.Page(new(Words: subject, Kind: AuditKind.Exported), null);
        var second = await search.Page(new(Words: subject), first[^1].Id);

        Assert.Equal((AuditSearch.PageSize, 3), (first.Count, second.Count));
        Assert.Equal(first.Concat(second).Select(entry => entry.Id).Distinct().OrderDescending(), first.Concat(second).Select(entry => entry.Id));
    }
}
