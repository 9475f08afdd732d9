using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace CityOps.Gis.Benchmarks.Circuits;

/// <summary>
/// SignalR's protocol of Blazor circuits: that of MessagePack under another name, with plain values as arguments (as blazor.web.js speaks it). Counts the bytes of its
/// messages; the frames of the WebSocket around them (2 to 8 bytes) are not among them.
/// </summary>
sealed class BlazorPack : IHubProtocol
{
    readonly MessagePackHubProtocol _messages = new();
    long _bytes;

    public string Name => "blazorpack";
    public int Version => 1;
    public TransferFormat TransferFormat => TransferFormat.Binary;

    /// <summary>Bytes of the messages of both directions so far.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    public bool IsVersionSupported(int version) => version == Version;

    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        var before = input.Length;
        var isThere = _messages.TryParseMessage(ref input, binder, out message);
        Interlocked.Add(ref _bytes, before - input.Length);
        return isThere;
    }

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output)
    {
        var bytes = GetMessageBytes(message);
        Interlocked.Add(ref _bytes, bytes.Length);
        output.Write(bytes.Span);
    }

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => _messages.GetMessageBytes(message);
}
