namespace CityOps.Gis.Exports.Formats;

/// <summary>Bytes that a writer makes without waiting; they are sent to the target in blocks, where waiting is allowed.</summary>
sealed class SendBuffer(Stream target) : MemoryStream(2 * Block)
{
    const int Block = 1 << 16;

    /// <summary>Sends what is held if it is a block or more.</summary>
    public ValueTask SendBlocks(CancellationToken cancel) => Length >= Block ? SendAll(cancel) : ValueTask.CompletedTask;

    public async ValueTask SendAll(CancellationToken cancel)
    {
        await target.WriteAsync(GetBuffer().AsMemory(0, (int)Length), cancel);
        SetLength(0);
    }
}
