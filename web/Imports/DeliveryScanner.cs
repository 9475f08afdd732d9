using System.Diagnostics;
using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.SurveyImport.Sources;

namespace CityOps.Gis.Web.Imports;

/// <summary>
/// Has a program of the bureau's look at delivered files before anything reads them (OWASP ASVS 12.4.2). It is run with the path of the delivery as its last argument and
/// exits with 0 where all is sound, with 1 where something is harmful, with anything else where it could not look, as ClamAV's programs do.
/// </summary>
public sealed class DeliveryScanner(ImportOptions options, ILogger<DeliveryScanner> log)
{
    const int Sound = 0, Harmful = 1;

    /// <exception cref="SourceException">Something is harmful, or nothing could be said.</exception>
    public async Task Require(string path, ImportJob job, CancellationToken cancel)
    {
        if (options.Scanner.Count == 0)
            return;
        var program = options.Scanner[0];
        var code = await Run(program, [.. options.Scanner.Skip(1), path], cancel);
        if (code == Sound)
            return;
        var name = job.Name;
        // Neither the delivery's name nor what the program says of it, which names files: the log holds no words of people.
        log.LogWarning("{Program} ended with {Code} over the delivery of import job {Job}.", program, code, job.Id);
        throw new SourceException(code == Harmful
            ? new("HARMFUL", name, new($"病毒扫描认为“{name}”含有有害内容，未读取该交付。", $"The virus scanner calls something in '{name}' harmful; the delivery was not read."))
            : new("NOT_SCANNED", name, new($"病毒扫描未能检查“{name}”，请联系管理员。", $"The virus scanner could not look at '{name}'; tell the administrator.")));
    }

    static async Task<int> Run(string program, string[] arguments, CancellationToken cancel)
    {
        using var scanner = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        try
        {
            // Read, so that the program is not held up, and forgotten.
            await Task.WhenAll(scanner.StandardOutput.ReadToEndAsync(cancel), scanner.StandardError.ReadToEndAsync(cancel));
            await scanner.WaitForExitAsync(cancel);
            return scanner.ExitCode;
        }
        catch (OperationCanceledException)
        {
            scanner.Kill(entireProcessTree: true);
            throw;
        }
    }
}
