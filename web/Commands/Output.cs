using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using CityOps.Gis.Layers;
using Spectre.Console;

namespace CityOps.Gis.Web.Commands;

/// <summary>
/// What a command says: answers on standard output, progress and faults on standard error. On a terminal long work shows a progress bar, elsewhere plain
/// lines; with <c>--json</c> the answer is one JSON document.
/// </summary>
public sealed class Output(bool json, string language)
{
    static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    readonly IAnsiConsole _errors = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Error) });

    public bool IsJson => json;

    /// <summary><c>zh</c> or <c>en</c>, from <c>--lang</c> or the locale.</summary>
    public string Language => language;

    public void Say(LocalText text)
    {
        if (!json)
            Console.Out.WriteLine(text.In(language));
    }

    public void Say(string zh, string en) => Say(new(zh, en));

    public void Fault(LocalText text) => Console.Error.WriteLine(text.In(language));

    public void Answer(object value)
    {
        if (json)
            Console.Out.WriteLine(JsonSerializer.Serialize(value, Format));
    }

    public void Table(IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        if (json)
            return;
        var table = new Table { Border = TableBorder.Minimal };
        foreach (var heading in headings)
            table.AddColumn(new TableColumn(Markup.Escape(heading)).NoWrap());
        foreach (var row in rows)
            table.AddRow([.. row.Select(Markup.Escape)]);
        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Out) });
        if (Console.IsOutputRedirected)
            console.Profile.Width = 200;
        console.Write(table);
    }

    /// <summary>Runs work that reports where it stands: a bar on a terminal, a line every two seconds and at each new step elsewhere.</summary>
    public async Task<T> WithProgress<T>(Func<IProgress<Step>, Task<T>> work)
    {
        if (json)
            return await work(new Silent());
        if (!_errors.Profile.Capabilities.Interactive || Console.IsErrorRedirected)
            return await work(new Lines(language));
        return await _errors.Progress().AutoClear(false)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn(), new SpinnerColumn())
            .StartAsync(async context =>
            {
                var bars = new Bars(context, language);
                var result = await work(bars);
                bars.Complete();
                return result;
            });
    }

    /// <summary>Where long work stands.</summary>
    /// <param name="Total">Null while it is not known.</param>
    public sealed record Step(LocalText Name, long Done, long? Total);

    sealed class Silent : IProgress<Step>
    {
        public void Report(Step value)
        {
        }
    }

    sealed class Lines(string language) : IProgress<Step>
    {
        readonly Lock _gate = new();
        string? _last;
        long _lastAt;

        public void Report(Step value)
        {
            lock (_gate)
            {
                var name = value.Name.In(language);
                if (name == _last && Environment.TickCount64 - _lastAt < 2000)
                    return;
                (_last, _lastAt) = (name, Environment.TickCount64);
                Console.Error.WriteLine(value switch
                {
                    { Total: > 0 and var total } => string.Create(CultureInfo.InvariantCulture, $"{name}  {value.Done:N0} / {total:N0}"),
                    { Done: > 0 } => string.Create(CultureInfo.InvariantCulture, $"{name}  {value.Done:N0}"),
                    _ => name,
                });
            }
        }
    }

    sealed class Bars(ProgressContext context, string language) : IProgress<Step>
    {
        readonly Dictionary<string, ProgressTask> _tasks = [];
        readonly Lock _gate = new();

        public void Complete()
        {
            lock (_gate)
                foreach (var task in _tasks.Values)
                    task.Value = task.MaxValue;
        }

        public void Report(Step value)
        {
            lock (_gate)
            {
                var name = value.Name.In(language);
                if (!_tasks.TryGetValue(name, out var task))
                {
                    Complete();
                    _tasks[name] = task = context.AddTask(Markup.Escape(name));
                }
                task.IsIndeterminate = value.Total is null or 0;
                if (value.Total is > 0 and var total)
                    task.MaxValue = total;
                task.Value = value.Done;
            }
        }
    }
}
