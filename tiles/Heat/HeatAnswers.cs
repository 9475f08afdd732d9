using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using CityOps.Gis.Heat;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;
using CityOps.Gis.Queries;
using CityOps.Gis.Tiles.Following;
using CityOps.Gis.Tiles.Snapshots;
using CityOps.Gis.Tiles.Snapshots.Predicates;
using CityOps.Gis.Tiling;
using NetTopologySuite.Geometries;

namespace CityOps.Gis.Tiles.Heat;

/// <summary>Answers heat questions from memory where the layer is there, else with PostGIS, and keeps the answers.</summary>
public sealed class HeatAnswers(LayerCatalog catalog, LiveLayers live, HeatQuery sql, SpineAreas spine, HeatCache cache)
{
    /// <summary>Reference parallel of a city whose districts are not known: the middle of China.</summary>
    public const double NoParallel = 30;

    const string Departments = "departments";

    readonly ConditionalWeakTable<LayerView, object> _viewNumbers = [];
    long _lastNumber;

    /// <summary>Takes the views that will answer a question that <see cref="HeatRules"/> has passed.</summary>
    public async Task<HeatPlan> Plan(HeatQuestion question, CancellationToken cancel)
    {
        if (question is { IsLattice: true, Parallel: null })
            question = question with { Parallel = await Parallel(cancel) };
        var (first, second, divisor) = (await SideOf(question.Query, question, cancel), await MaybeSideOf(question.Query2, question, cancel), await MaybeSideOf(question.Divisor, question, cancel));
        HeatPlan.Side[] sides = [.. new[] { first, second, divisor }.OfType<HeatPlan.Side>()];
        // Each side has the scope that holds on its layer: none on the spine's, the caller's on others.
        var text = $"{question.Query.LayerId}?{HeatQuestionText.Format(question)}{string.Concat(sides.Select(side => $" in {side.Query.Scope?.ToString() ?? "all"}"))}";
        var spineTag = string.Join('.', await SpineVersions(question, sides, cancel));
        return new(question, first, second, divisor,
            $"{text}|{spineTag}|{string.Join('|', sides.Select(side => side.View is { } view ? "m" + NumberOf(view) : "s" + side.Version))}",
            $"{string.Join('-', sides.Select(side => side.View is { } view ? Invariant($"{view.Version}.{view.Lsn:x}") : Invariant($"{side.Version}")))}-{spineTag}-{Hash(text)}");
    }

    public Task<HeatAnswer> Answer(HeatPlan plan, CancellationToken cancel) => cache.Get(plan.Key, stop => Make(plan, stop), cancel);

    /// <summary>The answer as tiles of a zoom show it: with coarser cells where a tile would have too many, the same in all tiles.</summary>
    public async Task<HeatAnswer> AnswerAt(HeatPlan plan, int zoom, CancellationToken cancel)
    {
        var answer = await Answer(plan, cancel);
        while (HeatTiles.IsTooDense(answer, zoom) && HeatTiles.Coarser(answer.Question) is { } coarser)
            answer = await Answer(await Plan(coarser, cancel), cancel);
        return answer;
    }

    public Task<AreaSet> Districts(CancellationToken cancel) => Areas(HeatCellKind.District, cancel);

    async Task<AreaSet> Areas(HeatCellKind kind, CancellationToken cancel) => await spine.Of(kind, await Version(SpineAreas.LayerOf(kind), cancel), cancel);

    // Memory's own where it holds the layer: what memory can answer needs no database.
    async Task<long> Version(string layer, CancellationToken cancel)
        => live.Find(layer)?.View is { } view ? view.Version : (await spine.Versions(cancel)).GetValueOrDefault(layer);

    async Task<HeatAnswer> Make(HeatPlan plan, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        // All slices are counted at once and kept, so that one after the other can be shown.
        if (plan.Question is { At: { } at } asked)
            return SliceView.Of(await Answer(await Plan(asked with { At = null, Breaks = [] }, cancel), cancel), asked) with { Milliseconds = clock.Elapsed.TotalMilliseconds };
        var answer = await Count(plan, cancel);
        if (plan.Question.Hotspots is { } rule)
            answer = SpotFinder.With(answer, rule, await Asked(plan.Question.Query, cancel), cancel);
        return answer with { Milliseconds = clock.Elapsed.TotalMilliseconds };
    }

    async Task<HeatAnswer> Count(HeatPlan plan, CancellationToken cancel)
    {
        var question = plan.Question;
        var lattice = question.IsLattice ? new HeatGrid(question.Cell, question.Size, question.Parallel!.Value) : null;
        var areas = lattice is null ? await Areas(question.Cell, cancel) : null;
        var divisor = plan.Divisor is null ? null : await Count(plan.Divisor, new(plan.Divisor.Query, question.Cell, lattice), cancel);
        async Task<(HeatCounts, double[])> Side(HeatPlan.Side side)
        {
            var counts = await Count(side, TallyOf(question, side.Query, lattice), cancel);
            return (counts, HeatValues.Of(question, lattice, areas, counts, divisor));
        }
        var (first, values) = await Side(plan.First);
        var answer = new HeatAnswer
        {
            Question = question, Layer = plan.First.Layer, Lattice = lattice, Areas = areas, Executor = plan.First.View is null ? "sql" : "snapshot", Version = plan.First.Version,
            Keys = first.Keys, Codes = first.Codes, Counts = first.Counts, Values = values, Slices = first.Slices, Total = first.Total, Outside = first.Outside,
            Legend = question.Breaks.Count > 0 ? HeatLegend.OfBreaks(question.Breaks) : HeatLegend.OfValues(values),
        };
        if (plan.Second is null)
            return answer;
        var (second, values2) = await Side(plan.Second);
        return Compared(answer, first, second, values2);
    }

    static HeatAnswer Compared(HeatAnswer answer, HeatCounts first, HeatCounts second, double[] values2)
    {
        var question = answer.Question;
        var (keys, codes, ones, others) = HeatValues.Join(first, second);
        var isAdditive = question.Measure is not (HeatMeasure.Mean or HeatMeasure.Per);
        var values = ones
            .Zip(others, (one, other) => HeatValues.Compare(question.Compare, one < 0 ? double.NaN : answer.Values[one], other < 0 ? double.NaN : values2[other], isAdditive))
            .ToArray();
        return answer with
        {
            Keys = keys, Codes = codes, Values = values, Total2 = second.Total,
            Counts = Array.ConvertAll(ones, one => one < 0 ? 0 : first.Counts[one]), Counts2 = Array.ConvertAll(others, other => other < 0 ? 0 : second.Counts[other]),
            Legend = question.Compare == HeatComparison.Difference ? HeatLegend.OfDifferences(values) : HeatLegend.OfRatios(values),
        };
    }

    static HeatTally TallyOf(HeatQuestion question, FeatureQuery query, HeatGrid? lattice) => new(query, question.Cell, lattice,
        question.Measure is HeatMeasure.Sum or HeatMeasure.Mean ? question.Field : null, question.Measure == HeatMeasure.Distinct ? question.Field : null, question.Slice);

    Task<HeatCounts> Count(HeatPlan.Side side, HeatTally tally, CancellationToken cancel)
        => side.View is { } view ? Task.FromResult(HeatScan.Count(view, tally, cancel)) : sql.Count(side.Layer, tally, cancel);

    async Task<HeatPlan.Side?> MaybeSideOf(FeatureQuery? query, HeatQuestion question, CancellationToken cancel)
        => query is null ? null : await SideOf(query, question, cancel);

    async Task<HeatPlan.Side> SideOf(FeatureQuery query, HeatQuestion question, CancellationToken cancel)
    {
        var layer = catalog.Find(query.LayerId) ?? throw new ArgumentException($"There is no layer '{query.LayerId}'.", nameof(query));
        var view = live.Find(layer.Id)?.View;
        if (view is not null && (SnapshotAnswers.Refusal(layer, query) is not null || !HeatScan.CanAnswer(view, TallyOf(question, query, null))))
            view = null;
        return new(layer, query, view, view?.Version ?? await Version(layer.Id, cancel));
    }

    // Polygons of the finest level that the question names; the districts where it names none.
    async Task<IReadOnlyList<Geometry>> Asked(FeatureQuery query, CancellationToken cancel)
    {
        var (kind, codes) = query switch
        {
            { Grids.Count: > 0 } => (HeatCellKind.Grid, query.Grids),
            { Communities.Count: > 0 } => (HeatCellKind.Community, query.Communities),
            { Subdistricts.Count: > 0 } => (HeatCellKind.Subdistrict, query.Subdistricts),
            _ => (HeatCellKind.District, query.Districts),
        };
        var areas = await Areas(kind, cancel);
        var asked = codes.Count == 0 ? Enumerable.Range(0, areas.Codes.Length) : codes.Select(areas.Find).Where(number => number >= 0);
        return [.. asked.Select(number => areas.Shapes[number]).OfType<Geometry>()];
    }

    // The half degree next to the middle of the districts.
    async Task<double> Parallel(CancellationToken cancel)
    {
        var middle = live.Find(SpineAreas.LayerOf(HeatCellKind.District))?.View is { } view ? MiddleOf(view) : (await Areas(HeatCellKind.District, cancel)).Extent?.Centre.Y;
        return middle is { } latitude ? Math.Round(latitude * 2, MidpointRounding.AwayFromZero) / 2 : NoParallel;
    }

    static double? MiddleOf(LayerView view)
    {
        var box = WorldBox.Nothing;
        foreach (var (snapshot, dead) in view.Parts)
            for (var row = 0; row < snapshot.Placed; row++)
                if (!dead[row] && snapshot.Shapes.Of(row) is >= 0 and var shape)
                    box = box.With(snapshot.Shapes.Box(shape));
        double Latitude(uint y) => WebMercator.Latitude(y / 4294967296.0);
        return box.MinY > box.MaxY ? null : (Latitude(box.MinY) + Latitude(box.MaxY)) / 2;
    }

    async Task<IEnumerable<long>> SpineVersions(HeatQuestion question, HeatPlan.Side[] sides, CancellationToken cancel)
    {
        var versions = new List<long>();
        foreach (var layer in SpineLayers(question, sides))
            // Memory has its own tree of departments, which no version of a layer of it tells.
            versions.Add(layer == Departments && sides[0].View is { } view && question.Cell != HeatCellKind.Department ? view.Departments.Hash : await Version(layer, cancel));
        return versions;
    }

    static IEnumerable<string> SpineLayers(HeatQuestion question, HeatPlan.Side[] sides)
        => new[] { "districts", question.IsLattice ? null : SpineAreas.LayerOf(question.Cell), sides.Any(side => side.Query.Departments.Count > 0 || side.Query.Scope is { Departments.Count: > 0 }) ? Departments : null }
            .Concat(question.Hotspots is null ? [] : ["subdistricts", "communities", "unit_grids"]).OfType<string>().Distinct();

    long NumberOf(LayerView view) => (long)_viewNumbers.GetValue(view, _ => Interlocked.Increment(ref _lastNumber));

    static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));

    static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
