namespace CityOps.Gis.PostGis;

/// <summary>A folder that nobody but the user of the product may look into: what lies there is the city's data outside of the database and its rights.</summary>
public static class PrivateFolder
{
    const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes the folder (0700) where it is not there; one that is there keeps the rights that somebody gave it.</summary>
    /// <returns>Its whole path.</returns>
    public static string Make(string path) => Directory.CreateDirectory(path, Own).FullName;
}
