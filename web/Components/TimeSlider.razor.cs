using System.Globalization;
using CityOps.Gis.Heat;
using CityOps.Gis.Web.Pages;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Components;

/// <summary>Cuts a heat map's time into hours, weekdays, days or months and shows one after the other, by hand or by itself.</summary>
public sealed partial class TimeSlider(IStringLocalizer<AnalysisText> texts) : IDisposable
{
    static readonly string[] KindNames = [.. Enum.GetValues<HeatSlice>().Select(HeatQuestionText.Name)];

    /// <summary>How long a slice stays when they are played.</summary>
    static readonly TimeSpan Stay = TimeSpan.FromMilliseconds(1000);

    CancellationTokenSource? _playing;

    [Parameter]
    public AnalysisStep? Step { get; set; }

    /// <summary>Returns when the step is shown, so that playing does not run ahead.</summary>
    [Parameter]
    public EventCallback<AnalysisStep?> StepChanged { get; set; }

    [Parameter, EditorRequired]
    public required AnalysisResult Result { get; set; }

    IStringLocalizer<AnalysisText> Text => texts;
    IReadOnlyList<string> Names => Step is null ? [] : Result.SlicesOf(Step.Kind);
    int At => Step?.Slice is { } slice ? Names.ToList().IndexOf(slice) : -1;

    public void Dispose() => Pause();

    string Label(int at) => Step!.Kind switch
    {
        HeatSlice.Hour => $"{Names[at]}:00–{Names[at]}:59",
        HeatSlice.Weekday => CultureInfo.CurrentCulture.DateTimeFormat.GetDayName((DayOfWeek)(int.Parse(Names[at], CultureInfo.InvariantCulture) % 7)),
        _ => Names[at],
    };

    Task Choose(string? name)
    {
        Pause();
        return StepChanged.InvokeAsync(AnalysisStep.TryParse(name));
    }

    Task Go(string? text)
    {
        Pause();
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? Show(at) : Task.CompletedTask;
    }

    Task ShowWhole()
    {
        Pause();
        return StepChanged.InvokeAsync(Step! with { Slice = null });
    }

    Task Show(int at) => at < Names.Count ? StepChanged.InvokeAsync(Step! with { Slice = Names[at] }) : Task.CompletedTask;

    async Task PlayOrPause()
    {
        if (_playing is not null)
        {
            Pause();
            return;
        }
        using var playing = _playing = new CancellationTokenSource();
        try
        {
            while (!playing.IsCancellationRequested && Names.Count > 0)
            {
                await Show((At + 1) % Names.Count);
                await Task.WhenAny(Task.Delay(Stay, playing.Token));
            }
        }
        finally
        {
            // It also ends where there is nothing left to play; meanwhile another may play.
            if (_playing == playing)
                _playing = null;
        }
    }

    void Pause()
    {
        _playing?.Cancel();
        _playing = null;
    }
}
