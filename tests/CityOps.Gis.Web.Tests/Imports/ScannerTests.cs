using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.Testing;
using Xunit;

namespace CityOps.Gis.Tests.Web.Imports;

/// <summary>Deliveries that a program of the bureau's looks at first: one that finds the test pattern of the virus scanners (EICAR), with their exit codes.</summary>
public sealed class ScannerTests(ImportServer server) : IClassFixture<ImportServer>
{
    const string Pattern = "EICAR-STANDARD-ANTIVIRUS-TEST-FILE";

    [Theory]
    [InlineData("grep -qr " + Pattern + " \"$1\" && exit 1; exit 0", "HARMFUL.zip", true, "harmful")]
    [InlineData("grep -qr " + Pattern + " \"$1\" && exit 1; exit 0", "路灯.zip", false, null)]
    [InlineData("echo 'the daemon does not answer' >&2; exit 2", "路灯2.zip", false, "could not look")]
    public async Task A_delivery_is_read_only_when_the_scanner_calls_it_sound(string scanner, string name, bool isHarmful, string? sentence)
    {
        _ = server.Database.Source;
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.File("scan"), scanner, TestContext.Current.CancellationToken);
        await server.Stop();
        server.Scanner = ["/bin/sh", folder.File("scan")];
        await server.Start();
        var lamps = SmallSurvey.Lamps(4, from: name.Length * 100);
        var zip = server.Zip(isHarmful ? [lamps[0] with { Name = Pattern }, .. lamps[1..]] : lamps);

        var job = await server.Bring(name, zip, ends: sentence is null ? ImportJobState.Found : ImportJobState.Failed);

        Assert.Equal(sentence is null, job.Settings is not null);
        if (sentence is not null)
            Assert.Contains(sentence, job.Fault!.En, StringComparison.Ordinal);
    }
}
