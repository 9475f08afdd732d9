namespace CityOps.Gis.Testing;

/// <summary>The files of the repository that the running tests were built from.</summary>
public static class Repository
{
    public static string Root { get; } = Find();

    public static string PathOf(string path) => Path.Combine(Root, path);

    static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "CityOps.Gis.sln")))
                return folder.FullName;
        throw new DirectoryNotFoundException($"No CityOps.Gis.sln above {AppContext.BaseDirectory}; run the tests from the repository.");
    }
}
