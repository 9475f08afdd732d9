using CityOps.Gis.Exports;
using CityOps.Gis.Testing;
using Xunit;

namespace CityOps.Gis.Tests.Exports;

/// <summary>Exports for tests.</summary>
static class ExportFiles
{
    /// <param name="parameters">As in a URL.</param>
    public static ExportRequest Request(string layer, string format, string parameters)
    {
        Assert.True(ExportFormats.TryFind(format, out var facts));
        var pairs = parameters.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(one => one.Split('=', 2)).Select(one => KeyValuePair.Create(one[0], Uri.UnescapeDataString(one[1])));
        var (request, faults) = ExportRequestText.Parse(PostGisDatabase.Catalog.Find(layer)!, facts.Format, pairs);
        Assert.Empty(faults);
        return request;
    }

    /// <summary>Writes an export into a file and gives the number of its rows.</summary>
    public static async Task<long> Export(this FilledCity city, string layer, string format, string parameters, string file)
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var export = await new Exporter(city.Database.Source, new()).Open(Request(layer, format, parameters), cancel);
        await using var target = File.Create(file);
        return (await export.Write(target, "test", cancel)).Rows;
    }
}
