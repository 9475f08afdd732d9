using CityOps.Gis.Access;
using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.Testing;
using Xunit;

namespace CityOps.Gis.Tests.Web.Imports;

/// <summary>What a person asks for runs later and elsewhere; how it ended stands in the audit log under that person.</summary>
public sealed class TaskEndTests(ImportServer server) : IClassFixture<ImportServer>
{
    static readonly Caller Chief = new("chief", "陈处长", Role.Administrator.Permissions, null) { Address = "10.1.2.3", Roles = [Role.Administrator.Id] };

    [Fact]
    public async Task The_end_of_a_publication_and_of_a_roll_back_is_written_under_who_asked_for_it_with_its_numbers()
    {
        var job = await Published("先.zip", SmallSurvey.Lamps(6));

        Assert.Equal(["chief|陈处长|10.1.2.3|finished|6|0"], await Ends(job, "publication-ended"));
        await Ask(job, ImportTask.RollBack);
        await server.Comes(job.Id, ImportJobState.Ended);
        Assert.Equal(["chief|陈处长|10.1.2.3|finished|6|0"], await Ends(job, "roll-back-ended"));
    }

    [Fact]
    public async Task What_broke_off_is_written_with_the_reason()
    {
        var lamps = SmallSurvey.Lamps(6, from: 1_000);
        var first = await Published("旧.zip", lamps);
        await Published("新.zip", [lamps[0] with { State = "破损" }, .. lamps[1..]]);

        await Ask(first, ImportTask.RollBack);
        await server.Comes(first.Id, ImportJobState.Ended);

        Assert.Equal(["chief|陈处长|10.1.2.3|failed|6|0"], await Ends(first, "roll-back-ended"));
        Assert.Contains("roll back the later batches", await server.Database.Value<string>($"select after ->> 'fault' from cityops.audit_entry where kind = 'roll-back-ended' and after ->> 'job' = '{first.Id}'"), StringComparison.Ordinal);
    }

    async Task<ImportJob> Published(string name, IEnumerable<SmallSurvey.Lamp> lamps)
    {
        var job = await server.Bring(name, server.Zip(lamps));
        await server.Queue(job, ImportTask.Import);
        await server.Comes(job.Id, ImportJobState.Staged);
        await Ask(job, ImportTask.Publish);
        return await server.Comes(job.Id, ImportJobState.Ended);
    }

    async Task Ask(ImportJob job, ImportTask task)
    {
        using (Chief.Enter())
            await server.Queue(job, task);
    }

    Task<List<string>> Ends(ImportJob job, string kind) => server.Database.Rows($"""
        select concat_ws('|', who_id, who, address, after ->> 'outcome', after -> 'counts' ->> 'added', after -> 'counts' ->> 'refused')
        from cityops.audit_entry where kind = '{kind}' and after ->> 'job' = '{job.Id}'
        """);
}
