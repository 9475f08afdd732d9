using System.Globalization;
using CityOps.Gis.Access;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.SurveyImport.Loading;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Components.Imports;

/// <summary>The numbers of a batch, what publishing will do, what waits for a person's decision, and the decisions that can be made.</summary>
public sealed partial class BatchOutcome(IStringLocalizer<ImportText> texts, FieldText values)
{
    IReadOnlyList<LocalText> _reasons = [];
    bool _isSeen;

    [Parameter, EditorRequired]
    public required Batch Batch { get; set; }

    [Parameter]
    public EventCallback<ImportTask> OnTask { get; set; }

    IStringLocalizer<ImportText> Text => texts;
    FieldText Values => values;
    static bool MayPublish => Caller.Current.May(Permission.Publish);

    IEnumerable<(string Name, long Number)> Numbers
    {
        get
        {
            var counts = Batch.Counts;
            return
            [
                ("Delivered", counts.Delivered), ("Accepted", counts.Accepted), ("Refused", counts.Refused), ("Added", counts.Added),
                ("Changed", counts.Changed), ("Moved", counts.Moved), ("Removed", counts.Removed), ("Unchanged", counts.Unchanged),
            ];
        }
    }

    protected override void OnParametersSet() => _reasons = Batch.State == BatchState.Staged ? Importer.Limits(Batch) : [];

    static string Number(long number) => number.ToString("N0", CultureInfo.CurrentCulture);
}
