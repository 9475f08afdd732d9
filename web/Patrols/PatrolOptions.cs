using System.Globalization;
using CityOps.Gis.Web.Commands;

namespace CityOps.Gis.Web.Patrols;

/// <summary>How long tracks of people at work are kept.</summary>
/// <param name="Kept">Points; what was worked out of them day by day stays.</param>
public sealed record PatrolOptions(TimeSpan Kept)
{
    /// <summary>Environment variable with the days.</summary>
    public const string Days = "CITYOPS_TRACK_DAYS";
    const int UsualDays = 90;

    public PatrolOptions() : this(TimeSpan.FromDays(UsualDays))
    {
    }

    /// <exception cref="CommandException">The variable cannot be read.</exception>
    public static PatrolOptions FromEnvironment()
        => Environment.GetEnvironmentVariable(Days) is not { Length: > 0 } text ? new()
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is > 0 and <= 36_500 ? new(TimeSpan.FromDays(days))
            : throw new CommandException(new($"{Days}=“{text}”无法使用；应如 {UsualDays}。", $"{Days}='{text}' cannot be used; it should be like {UsualDays}."));
}
