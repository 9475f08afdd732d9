namespace CityOps.Gis.SurveyImport.Sampling;

/// <summary>A matter of GB/T 47678.5-2026 that the sample's cases are about.</summary>
/// <param name="Weight">How often it comes; <paramref name="NightFactor"/> multiplies it between 19 and 5 o'clock.</param>
/// <param name="LimitHours">Time allowed for handling (this project's own numbers).</param>
sealed record CaseKind(string Code, double Weight, double NightFactor, double LimitHours, string Role)
{
    public static readonly CaseKind[] All =
    [
        new("06010", 13, 0.6, 4, "sanitation"), new("06012", 8, 0.5, 5, "sanitation"), new("06011", 4, 0.6, 48, "sanitation"), new("06036", 7, 0.5, 24, "enforcement"),
        new("06042", 5, 0.7, 4, "sanitation"), new("06041", 3, 0.5, 24, "sanitation"), new("06013", 3, 0.4, 168, "municipal"), new("06050", 2, 0.3, 120, "municipal"),
        new("06051", 1.5, 0.3, 120, "municipal"), new("06017", 3, 0.3, 24, "greening"), new("06045", 0.8, 0.3, 72, "greening"), new("06021", 0.6, 0.2, 120, "greening"),
        new("06025", 1.2, 0.4, 48, "water"), new("06028", 2.5, 5, 12, "environment"), new("06029", 1, 12, 3, "enforcement"), new("06027", 1, 3, 48, "environment"),
        new("06030", 1.2, 1, 24, "municipal"), new("06001", 1.4, 0.3, 480, "enforcement"), new("06007", 3, 0.3, 8, "enforcement"), new("06034", 0.8, 0.3, 120, "police"),
        new("07001", 7, 0.6, 12, "enforcement"), new("07003", 1.5, 0.4, 168, "enforcement"), new("07006", 1, 0.4, 168, "enforcement"), new("07008", 1, 0.3, 72, "enforcement"),
        new("08001", 1, 6, 6, "building"), new("08002", 2, 0.6, 24, "building"), new("08004", 2, 0.7, 24, "building"), new("08007", 1.2, 0.4, 48, "building"),
        new("09001", 6, 1.5, 2, "enforcement"), new("09005", 8, 1.3, 3, "enforcement"), new("09006", 5, 1.4, 3, "enforcement"), new("09009", 6, 1.2, 4, "police"),
        new("09010", 5, 0.8, 6, "enforcement"), new("09011", 9, 0.8, 4, "transport"), new("09012", 0.9, 1.4, 3, "fire"), new("09022", 0.7, 0.7, 3, "enforcement"),
        new("01002", 1.2, 0.6, 24, "municipal"), new("01003", 1, 0.6, 24, "municipal"), new("01004", 1.5, 0.5, 48, "municipal"), new("01007", 0.6, 0.4, 48, "telecom"),
        new("01037", 1.6, 5, 48, "municipal"), new("02010", 1, 0.5, 72, "police"), new("02014", 0.7, 1, 12, "police"), new("02017", 0.8, 0.6, 72, "police"),
        new("03005", 1.4, 0.5, 48, "sanitation"), new("04002", 1.3, 0.4, 72, "greening"), new("10002", 1.4, 0.5, 24, "telecom"),
    ];
}
