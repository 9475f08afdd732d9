using Xunit;

namespace CityOps.Gis.Testing;

/// <summary>Finds the real data that stands beside the repository (<c>shared/data</c>); it is never copied in.</summary>
public static class SharedData
{
    /// <summary>Full path of a file under <c>shared/data</c>, or null where that folder is absent.</summary>
    public static string? Find(string path)
        => Folder is { } folder && Path.Combine(folder, path) is var file && (File.Exists(file) || Directory.Exists(file)) ? file : null;

    /// <summary>As <see cref="Find"/>; skips the running test, saying so, where the file is absent.</summary>
    public static string Need(string path)
    {
        if (Find(path) is { } file)
            return file;
        Assert.Skip($"The real data file shared/data/{path} is not on this machine.");
        return "";
    }

    static string? Folder
        => Environment.GetEnvironmentVariable("CITYOPS_SHARED") is { Length: > 0 } named
            ? Path.Combine(named, "data")
            : Ancestors().Select(folder => Path.Combine(folder, "shared", "data")).FirstOrDefault(Directory.Exists);

    static IEnumerable<string> Ancestors()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            yield return folder.FullName;
    }
}
