using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;

namespace CityOps.Gis.Benchmarks.Circuits;

/// <summary>
/// A page's circuit as a browser holds it, without the browser: takes the page's document, opens the hub <c>_blazor</c>, starts the component that the document marks,
/// acknowledges what is rendered, answers calls of JavaScript and sends events. What it says and hears is what blazor.web.js of ASP.NET Core 10 says and hears (CircuitManager.ts).
/// </summary>
sealed partial class Circuit : IAsyncDisposable
{
    readonly BlazorPack _pack = new();
    readonly HubConnection _connection;
    readonly HttpClient _http;
    readonly Uri _root;
    readonly ConcurrentDictionary<string, TaskCompletionSource<bool>> _events = new();
    readonly TaskCompletionSource _isReady = new(TaskCreationOptions.RunContinuationsAsynchronously);
    string? _id;
    long _renderer;
    int _number;

    Circuit(HttpClient http, CookieContainer cookies)
    {
        (_http, _root) = (http, http.BaseAddress!);
        var builder = new HubConnectionBuilder().WithUrl(new Uri(_root, "_blazor"), connection => connection.Cookies = cookies);
        builder.Services.AddSingleton<IHubProtocol>(_pack);
        _connection = builder.Build();
        _connection.On<int, byte[]>("JS.RenderBatch", Rendered);
        _connection.On<long, string, string?, int, long, int>("JS.BeginInvokeJS", (call, function, arguments, kind, _, _) => Called(call, function, arguments, kind));
        _connection.On<string, bool, string?>("JS.EndInvokeDotNet", (call, isDone, answer) => Ended(call, isDone, answer));
        _connection.On<int, string>("JS.AttachComponent", (_, _) => { });
        _connection.On<long>("JS.EndUpdateRootComponents", _ => { });
        _connection.On<string>("JS.Error", Fail);
        _connection.Closed += fault =>
        {
            Fail(fault?.Message ?? "The circuit was closed.");
            return Task.CompletedTask;
        };
    }

    /// <summary>What is rendered.</summary>
    public RenderedPage Page { get; } = new();

    /// <summary>Bytes of messages in both directions so far.</summary>
    public long Bytes => _pack.Bytes;

    /// <summary>Where the page is now.</summary>
    public Uri Location { get; private set; } = null!;

    /// <summary>What the server called in JavaScript, with its arguments; told before it is answered.</summary>
    public event Action<string, JsonElement>? OnCalled;

    /// <summary>Opens a page.</summary>
    /// <param name="http">A client with the server's address that keeps cookies in <paramref name="cookies"/>, as one browser does.</param>
    /// <param name="onCalled">See <see cref="OnCalled"/>.</param>
    /// <exception cref="InvalidOperationException">The circuit broke.</exception>
    public static async Task<Circuit> Open(HttpClient http, CookieContainer cookies, string address, Action<string, JsonElement> onCalled)
    {
        var document = await http.GetStringAsync(address);
        var circuit = new Circuit(http, cookies) { Location = new(http.BaseAddress!, address) };
        circuit.OnCalled += onCalled;
        await circuit._connection.StartAsync();
        var state = State().Match(document).Groups[1].Value;
        circuit._id = await circuit._connection.InvokeAsync<string?>("StartCircuit", circuit._root.ToString(), circuit.Location.ToString(), "[]", state)
            ?? throw new InvalidOperationException("The server refused a circuit.");
        var roots = Marker().Matches(document).Select((match, index) => $$"""{"type":"add","ssrComponentId":{{index + 1}},"marker":{{match.Groups[1].Value}}}""");
        await circuit._connection.SendAsync("UpdateRootComponents", $$"""{"batchId":1,"operations":[{{string.Join(',', roots)}}]}""", state);
        await circuit._isReady.Task.WaitAsync(TimeSpan.FromSeconds(30));
        return circuit;
    }

    /// <summary>Sends an element's event and waits until its handler has ended.</summary>
    /// <param name="happened">What the browser tells of it, such as <c>new { value = true }</c>.</param>
    public Task Send(RenderedNode element, string kind, object happened)
        => Invoke(_renderer, "DispatchEventAsync", new { eventHandlerId = element.Handlers["on" + kind], eventName = kind, eventFieldInfo = (object?)null }, happened);

    /// <summary>Calls a .NET object that was handed to JavaScript, and waits for its end.</summary>
    public async Task Invoke(long target, string method, params object?[] arguments)
    {
        var call = Interlocked.Increment(ref _number).ToString(CultureInfo.InvariantCulture);
        var end = _events[call] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await _connection.SendAsync("BeginInvokeDotNetFromJS", call, null, method, target, JsonSerializer.Serialize(arguments));
        await end.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    /// <summary>Closes the page as a browser does: tells the server to forget the circuit.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_id is not null)
        {
            using var form = new MultipartFormDataContent { { new StringContent(_id), "circuitId" } };
            using var answer = await _http.PostAsync("_blazor/disconnect", form);
            answer.EnsureSuccessStatusCode();
        }
        await _connection.DisposeAsync();
    }

    async Task Rendered(int batch, byte[] bytes)
    {
        Page.Apply(bytes);
        await _connection.SendAsync("OnRenderCompleted", batch, null);
    }

    async Task Called(long call, string function, string? argumentsText, int kind)
    {
        using var arguments = JsonDocument.Parse(argumentsText ?? "[]");
        switch (function)
        {
            case "Blazor._internal.attachWebRendererInterop":
                _renderer = arguments.RootElement[1].GetProperty("__dotNetObject").GetInt64();
                _isReady.TrySetResult();
                break;
            case "Blazor._internal.navigationManager.navigateTo":
                Location = new(_root, arguments.RootElement[0].GetString());
                await _connection.SendAsync("OnLocationChanged", Location.ToString(), null, false);
                break;
        }
        OnCalled?.Invoke(function, arguments.RootElement.Clone());
        if (call != 0)
            await _connection.SendAsync("EndInvokeJSFromDotNet", call, true, $"[{call},true,{Answer(function, kind)}]");
    }

    // A function that gives an object gives one that is called by its number; the browser's window is that of an office screen.
    string Answer(string function, int kind)
        => kind == 1 ? $$"""{"__jsObjectId":{{Interlocked.Increment(ref _number)}}}"""
            : function.EndsWith("getBrowserWindowSize", StringComparison.Ordinal) ? """{"width":1280,"height":720}"""
            : function.EndsWith("matchMedia", StringComparison.Ordinal) ? "false"
            : "null";

    void Ended(string call, bool isDone, string? answer)
    {
        if (!_events.TryRemove(call, out var end))
            return;
        if (isDone)
            end.SetResult(true);
        else
            end.SetException(new InvalidOperationException(answer));
    }

    void Fail(string reason)
    {
        var fault = new InvalidOperationException(reason);
        _isReady.TrySetException(fault);
        foreach (var one in _events.Values)
            one.TrySetException(fault);
    }

    [GeneratedRegex(@"<!--Blazor:(\{.*?\})-->", RegexOptions.Singleline)]
    private static partial Regex Marker();

    [GeneratedRegex("<!--Blazor-Server-Component-State:(.*?)-->")]
    private static partial Regex State();
}
