using CityOps.Gis.Layers;

namespace CityOps.Gis.Heat;

/// <summary>What a heat question may not ask, in sentences.</summary>
public static class HeatRules
{
    /// <summary>Parameters that contradict or need each other.</summary>
    /// <param name="given">Names of the parameters that were given.</param>
    public static IEnumerable<LocalText> Contradictions(HeatQuestion question, IReadOnlySet<string> given)
    {
        if (!question.IsLattice && (given.Contains("size") || given.Contains("parallel")))
            yield return new("size 和 parallel 只用于 cell=square 和 cell=hexagon。", "'size' and 'parallel' are only for cell=square and cell=hexagon.");
        if (question.Measure is HeatMeasure.Sum or HeatMeasure.Mean or HeatMeasure.Distinct != question.Field is not null)
            yield return new("measure 为 sum、mean、distinct 时需要 field，其他情况不能有。", "'field' goes with measure=sum, mean or distinct, and these need it.");
        if (question.Measure == HeatMeasure.Per != question.PerLayer is not null || (question.PerLayer is null && question.PerClasses.Count > 0))
            yield return new("measure=per 需要 per=图层（perclass 可选），其他情况不能有。", "'per' (a layer, with 'perclass') goes with measure=per, which needs it.");
        if (question is { Measure: HeatMeasure.Density, Cell: HeatCellKind.Department })
            yield return new("部门没有面积，不能用 measure=density。", "Departments have no area, so measure=density cannot be asked of them.");
        var isSecondPeriod = question.From2 is not null || question.To2 is not null;
        if (question.Compare == HeatComparison.None ? isSecondPeriod || question.Layer2 is not null : isSecondPeriod == question.Layer2 is not null)
            yield return new(
                "compare 需要第二时段（from2、to2）或第二图层（layer2）之一，反之亦然。",
                "'compare' goes with either a second period (from2, to2) or a second layer (layer2).");
        if (question is { From2: { } from, To2: { } to } && from >= to)
            yield return new("from2 必须早于 to2。", "'from2' must be earlier than 'to2'.");
        if (question.Layer2 is null && (question.Classes2.Count > 0 || question.Statuses2.Count > 0))
            yield return new("class2 和 status2 只与 layer2 一起用。", "'class2' and 'status2' are only for 'layer2'.");
        if (question.Compare != HeatComparison.None && question.Slice != HeatSlice.None)
            yield return new("slice 与 compare 不能同时用。", "'slice' and 'compare' cannot be asked together.");
        if (question.At is not null && (question.Slice == HeatSlice.None || question.Measure is not (HeatMeasure.Count or HeatMeasure.Density)))
            yield return new("at 需要 slice，且 measure 为 count 或 density。", "'at' goes with 'slice', and with measure=count or density.");
        else if (question is { At: { } at, Slice: var kind } && !HeatSlices.IsName(kind, at))
            yield return new($"at=“{at}”不是 slice={HeatQuestionText.Name(kind)} 的取值。", $"'at={at}' is no slice of slice={HeatQuestionText.Name(kind)}.");
        if (question.At is not null && question.Hotspots is not null)
            yield return new("at 与热点不能同时用；请用 from 和 to。", "'at' and hot spots cannot be asked together; use 'from' and 'to'.");
        if (question.Breaks.Count > 0 && (question.Compare != HeatComparison.None || question.Hotspots is not null))
            yield return new("breaks 不能与 compare 或热点同时用，它们的分级是固定的。", "'breaks' cannot be asked with 'compare' or hot spots, whose classes are fixed.");
        if (question.Hotspots is not null && question.Cell == HeatCellKind.Department)
            yield return new("部门没有位置，不能求热点。", "Departments have no place, so there are no hot spots among them.");
        if (question.Hotspots is { Nearest: > 0 } && question.IsLattice)
            yield return new("方格和六边形的相邻关系用 queen 或 distance:米。", "Neighbours of squares and hexagons are queen or distance:METRES.");
    }

    /// <summary>What does not fit the layers: fields that are not there or are of another type, layers that are not there.</summary>
    public static IEnumerable<LocalText> Misfits(HeatQuestion question, LayerCatalog catalog)
    {
        foreach (var other in new[] { question.PerLayer, question.Layer2 }.OfType<string>())
            if (catalog.Find(other) is not { Geometry: not GeometryKind.None })
                yield return new($"没有可作热力图的图层“{other}”。", $"There is no layer '{other}' with places.");
        if (question.Field is not { } name)
            yield break;
        var wanted = question.Measure == HeatMeasure.Distinct ? FieldType.Text : FieldType.Real;
        foreach (var layer in new[] { question.Query.LayerId, question.Layer2 }.OfType<string>().Select(catalog.Find).OfType<LayerDefinition>())
            if (layer.StoredFields.FirstOrDefault(field => field.Name == name) is not { } field || Of(field.Type) != wanted)
                yield return wanted == FieldType.Text
                    ? new($"图层“{layer.Id}”没有名为“{name}”的文字字段。", $"Layer '{layer.Id}' has no text field '{name}'.")
                    : new($"图层“{layer.Id}”没有名为“{name}”的数字字段。", $"Layer '{layer.Id}' has no number field '{name}'.");
    }

    static FieldType Of(FieldType type) => type == FieldType.Integer ? FieldType.Real : type;
}
