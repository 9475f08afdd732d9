namespace CityOps.Gis.Web.Commands;

/// <summary>Exit codes of the launcher.</summary>
public static class ExitCode
{
    public const int Done = 0;
    public const int DoneWithIssues = 1;
    public const int WrongInput = 2;
    public const int NoDatabase = 3;
}
