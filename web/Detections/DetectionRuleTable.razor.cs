using CityOps.Gis.Access;
using CityOps.Gis.Detections;
using CityOps.Gis.PostGis.Detections;
using CityOps.Gis.Web.Cameras;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Detections;

/// <summary>What is done with detections of each kind; administrators of the whole city change it.</summary>
public sealed partial class DetectionRuleTable(IStringLocalizer<CameraText> texts, DetectionRules known, CameraWords words)
{
    IReadOnlyList<Row> _rules = [];
    string? _fault, _done;

    /// <summary>A rule on the form.</summary>
    sealed class Row(DetectionRule rule)
    {
        public string Kind => rule.Kind;
        public string CaseClass { get; set; } = rule.CaseClass;
        public int LeastPercent { get; set; } = (int)Math.Round(rule.LeastConfidence * 100);
        public int MergeMinutes { get; set; } = rule.MergeMinutes;
        public int OverlapPercent { get; set; } = (int)Math.Round(rule.LeastOverlap * 100);
        public int? GoneMinutes { get; set; } = rule.GoneMinutes;
        public bool IsOn { get; set; } = rule.IsOn;

        public DetectionRule Rule => new(Kind, CaseClass.Trim(), LeastPercent / 100.0, MergeMinutes, OverlapPercent / 100.0, GoneMinutes, IsOn);
    }

    /// <summary>Sightings of the last day that were too unsure, by kind.</summary>
    [Parameter]
    public IReadOnlyDictionary<string, long> Dropped { get; set; } = new Dictionary<string, long>();

    [CascadingParameter]
    public Caller? Caller { get; set; }

    IStringLocalizer<CameraText> Text => texts;
    bool MayChange => Caller?.May(Permission.Administer) == true;

    protected override async Task OnInitializedAsync() => _rules = [.. (await known.All()).Select(rule => new Row(rule))];

    async Task Save(Row row)
    {
        (_fault, _done) = (row.Rule.IsPossible ? null : Text["BadRule"].Value, null);
        if (_fault is not null)
            return;
        await known.Set(row.Rule);
        _done = row.Kind;
    }
}
