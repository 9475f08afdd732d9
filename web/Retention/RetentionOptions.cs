using System.Globalization;
using CityOps.Gis.Web.Commands;

namespace CityOps.Gis.Web.Retention;

/// <summary>How long personal data are kept beside tracks and readings, which have settings of their own.</summary>
/// <param name="Pictures">Of detections that never became a case, and of cameras that send none any more.</param>
/// <param name="Sessions">That have ended, and what people were told of their way of signing in and know of.</param>
/// <param name="Patrols">Patrols, notes on them, visits of grids by person.</param>
public sealed record RetentionOptions(TimeSpan Pictures, TimeSpan Sessions, TimeSpan Patrols)
{
    /// <summary>Environment variables with the days.</summary>
    public const string PictureDays = "CITYOPS_PICTURE_DAYS", SessionDays = "CITYOPS_SESSION_DAYS", PatrolDays = "CITYOPS_PATROL_DAYS";
    const int UsualPictureDays = 30, UsualSessionDays = 90, UsualPatrolDays = 1_095, MostDays = 36_500;

    public RetentionOptions() : this(TimeSpan.FromDays(UsualPictureDays), TimeSpan.FromDays(UsualSessionDays), TimeSpan.FromDays(UsualPatrolDays))
    {
    }

    /// <exception cref="CommandException">A variable cannot be read.</exception>
    public static RetentionOptions FromEnvironment() => new(Days(PictureDays, UsualPictureDays), Days(SessionDays, UsualSessionDays), Days(PatrolDays, UsualPatrolDays));

    static TimeSpan Days(string variable, int usual)
        => Environment.GetEnvironmentVariable(variable) is not { Length: > 0 } text ? TimeSpan.FromDays(usual)
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is > 0 and <= MostDays ? TimeSpan.FromDays(days)
            : throw new CommandException(new($"{variable}=“{text}”无法使用；应如 {usual}。", $"{variable}='{text}' cannot be used; it should be like {usual}."));
}
