using CityOps.Gis.Heat;

namespace CityOps.Gis.Web.Pages;

/// <summary>Time cut into slices that are shown one after the other: by what, and which of them is shown.</summary>
/// <param name="Slice">As <see cref="HeatSlices.Name"/> writes it; null = all of them together.</param>
public sealed record AnalysisStep(HeatSlice Kind, string? Slice = null)
{
    /// <summary>Reads <c>month</c> or <c>month:2026-03</c>; null where it is something else.</summary>
    public static AnalysisStep? TryParse(string? text)
    {
        var (name, slice) = text?.Split(':') switch { [var kind] => (kind, null), [var kind, var one] => (kind, one), _ => ("", null as string) };
        return Enum.TryParse<HeatSlice>(name, ignoreCase: true, out var cut) && Enum.IsDefined(cut) && cut != HeatSlice.None && (slice is null || HeatSlices.IsName(cut, slice)) ? new(cut, slice) : null;
    }

    public override string ToString() => HeatQuestionText.Name(Kind) + (Slice is null ? "" : ":" + Slice);
}
