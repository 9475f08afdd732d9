using System.Text.Json;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;
using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.SurveyImport.Loading;
using CityOps.Gis.SurveyImport.Mapping;
using CityOps.Gis.Web.Components.Imports;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Npgsql;

namespace CityOps.Gis.Web.Pages;

/// <summary>The list of deliveries, and the place to drop new ones. What it shows is read from the database again and again, so all who look see the same.</summary>
public sealed partial class ImportsPage(IStringLocalizer<ImportText> texts, ImportListings listings, LayerCatalog layers, FieldText values, NavigationManager navigation) : IDisposable
{
    const int Most = 100;
    static readonly TimeSpan Between = TimeSpan.FromSeconds(1);
    static readonly string[] Counts = ["Delivered", "Refused", "Added", "Changed", "Moved", "Removed"];

    readonly CancellationTokenSource _closing = new();
    IReadOnlyList<ImportListing>? _listings;
    string? _lost;

    IStringLocalizer<ImportText> Text => texts;
    FieldText Values => values;

    public void Dispose()
    {
        _closing.Cancel();
        _closing.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        try
        {
            await Read();
        }
        catch (NpgsqlException fault) when (fault.IsAway())
        {
            _lost = Text["NoDatabase"];
        }
        _ = Watch.Run(Between, () => InvokeAsync(Read), Answers, _closing.Token);
    }

    Task Answers(bool answers) => InvokeAsync(() =>
    {
        _lost = answers ? null : Text["NoDatabase"].Value;
        StateHasChanged();
    });

    async Task Read()
    {
        var latest = await listings.Latest(Most, _closing.Token);
        if (_listings is { } shown && latest.Select(Shown).SequenceEqual(shown.Select(Shown)))
            return;
        _listings = latest;
        StateHasChanged();
    }

    // What a person can see; the page is drawn again when this differs.
    static string Shown(ImportListing one)
        => string.Join('|', new object?[] { one.Job?.Id, one.Batch?.Id, ImportMood.Of(one.Job, one.Batch), ShareOf(one), one.Job?.Settings }.Concat(Counts.Select(count => (object?)CountOf(one, count))));

    void Completed(long jobId) => navigation.NavigateTo($"/imports/deliveries/{jobId}");

    static string AddressOf(ImportListing one)
        => one.Batch is { State: not BatchState.Dropped } batch && one.Job?.State is null or ImportJobState.Staged or ImportJobState.Ended ? $"/imports/{one.Batch!.Id}" : $"/imports/deliveries/{one.Job!.Id}";

    static double? ShareOf(ImportListing one) => one.Job switch
    {
        { State: ImportJobState.Uploading } when one.TotalBytes > 0 => one.UploadedBytes / (double)one.TotalBytes,
        { State: ImportJobState.Running, Total: > 0 } job => Math.Min(1, job.Done / (double)job.Total!.Value),
        _ => null,
    };

    string? LayerOf(ImportListing one)
    {
        var id = one.Batch?.LayerId ?? (one.Job?.Settings is { } json ? JsonSerializer.Deserialize<DeliverySettings>(json, Importer.SettingsFormat)!.LayerId : null);
        return id is null ? null : layers.Find(id)?.Title.In(UiLanguage.Current) ?? id;
    }

    static long? CountOf(ImportListing one, string name) => one switch
    {
        { Job.State: ImportJobState.Running, Job.Task: ImportTask.Import } => name switch { "Delivered" => one.Job.Done, "Refused" => one.Job.Refused, _ => null },
        { Batch: { State: BatchState.Staged or BatchState.Published or BatchState.RolledBack, Counts: var counts } } => name switch
        {
            "Delivered" => counts.Delivered, "Refused" => counts.Refused, "Added" => counts.Added, "Changed" => counts.Changed, "Moved" => counts.Moved, _ => counts.Removed,
        },
        _ => null,
    };
}
