namespace CityOps.Gis.SurveyImport.Sources;

/// <summary>Gives each column a name of its own: a repeated one gets a number, a missing one its position.</summary>
static class UniqueNames
{
    public static string[] Of(IEnumerable<string?> names)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        return [.. names.Select((name, i) => Free(string.IsNullOrWhiteSpace(name) ? $"Column {i + 1}" : name.Trim(), taken))];
    }

    static string Free(string name, HashSet<string> taken)
    {
        var free = name;
        for (var n = 2; !taken.Add(free); n++)
            free = $"{name}_{n}";
        return free;
    }
}
