using System.Threading.Channels;
using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.SurveyImport.Checking;
using CityOps.Gis.SurveyImport.Mapping;
using CityOps.Gis.SurveyImport.Sources;
using Npgsql;

namespace CityOps.Gis.SurveyImport.Loading;

/// <summary>
/// Brings a delivery into the staging table: one thread reads chunks, one checks them, one encodes and sends them while the server writes. At most five chunks are
/// in memory, so memory does not grow with the file.
/// </summary>
sealed class Stager(NpgsqlDataSource source, Staging staging, CheckContext context, Func<LayerInspection, Placement> placementOf, StepClock clock)
{
    readonly IssueStore _issues = new(source);
    readonly StagedRows _rows = new(staging);
    readonly CopyBuffer _buffer = new();
    readonly ClassTally _classes = new(staging.Layer);
    readonly Dictionary<string, long> _counts = [];
    long _delivered;

    /// <returns>Delivered, accepted and refused rows, the rows by class and the issues by code.</returns>
    public async Task<BatchCounts> Run(Delivery delivery, IReadOnlyList<LayerInspection> layers, CancellationToken cancel)
    {
        await _issues.Clear(staging.BatchId, cancel);
        await staging.Create(source, cancel);
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using (var copy = await staging.Write(connection, cancel))
        {
            await copy.WriteAsync(CopyBuffer.Header, cancel);
            var total = layers.All(layer => layer.Source.RowCount is not null) ? layers.Sum(layer => layer.Source.RowCount) : null;
            for (var number = 0; number < layers.Count; number++)
                await Stage(delivery, layers[number], number, copy, total, cancel);
            await copy.WriteAsync(CopyBuffer.Trailer, cancel);
        }
        return new() { Delivered = _delivered, Accepted = _rows.Count, Refused = _delivered - _rows.Count, Issues = new SortedDictionary<string, long>(_counts), Classes = _classes.Counts };
    }

    async Task Stage(Delivery delivery, LayerInspection layer, int number, NpgsqlRawCopyStream copy, long? total, CancellationToken cancel)
    {
        var checker = new RowChecker(context, layer.Mapping, placementOf(layer), layer.CodeLayout, layer.ClassTable);
        await Keep(layer, checker.Begin(), cancel);
        var (delivered, checkedRows) = (Between<FeatureChunk>(), Between<CheckedChunk>());
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var reading = Task.Run(() => Read(delivery, layer, delivered.Writer, stop.Token), CancellationToken.None);
        var checking = Task.Run(() => Check(delivered.Reader, checker, checkedRows.Writer, stop.Token), CancellationToken.None);
        try
        {
            await foreach (var chunk in checkedRows.Reader.ReadAllAsync(cancel))
            {
                await Send(chunk, layer, number, copy, cancel);
                clock.Report("stage", _delivered, total, _delivered - _rows.Count);
            }
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAny(Task.WhenAll(reading, checking));
        }
        await reading;
        await checking;
        await Keep(layer, checker.Finish(), cancel);
        foreach (var (code, count) in checker.Findings.Counts)
            _counts[code.ToString()] = _counts.GetValueOrDefault(code.ToString()) + count;
    }

    // Reading and checking are a thread each; what one throws ends the chain and is rethrown by the writing side.
    static async Task Read(Delivery delivery, LayerInspection layer, ChannelWriter<FeatureChunk> target, CancellationToken stop)
    {
        try
        {
            using var reader = delivery.OpenReader(layer.Source);
            foreach (var chunk in reader.Read(stop))
                await target.WriteAsync(chunk, stop);
            target.Complete();
        }
        catch (Exception fault)
        {
            target.Complete(fault);
            throw;
        }
    }

    static async Task Check(ChannelReader<FeatureChunk> source, RowChecker checker, ChannelWriter<CheckedChunk> target, CancellationToken stop)
    {
        try
        {
            await foreach (var chunk in source.ReadAllAsync(stop))
                await target.WriteAsync(checker.Check(chunk), stop);
            target.Complete();
        }
        catch (Exception fault)
        {
            target.Complete(fault);
            throw;
        }
    }

    static Channel<T> Between<T>() => Channel.CreateBounded<T>(new BoundedChannelOptions(1) { SingleReader = true, SingleWriter = true });

    async Task Send(CheckedChunk chunk, LayerInspection layer, int number, NpgsqlRawCopyStream copy, CancellationToken cancel)
    {
        _buffer.Clear();
        _rows.Encode(chunk, number, _buffer);
        await copy.WriteAsync(_buffer.Written, cancel);
        _delivered += chunk.Source.Count;
        _classes.Add(chunk);
        await _issues.Write(staging.BatchId, RefusedRows.Issues(chunk, layer.Mapping), cancel);
        await _issues.Write(staging.BatchId, RefusedRows.Of(chunk, layer.Mapping, KeyField()), cancel);
    }

    Task Keep(LayerInspection layer, IEnumerable<RowIssue> issues, CancellationToken cancel)
        => _issues.Write(staging.BatchId, [.. issues.Select(issue => RefusedRows.Stored(issue, layer.Mapping))], cancel);

    int KeyField() => staging.Layer.Fields.TakeWhile(field => field.Name != staging.Layer.Key).Count();
}
