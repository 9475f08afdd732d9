namespace CityOps.Gis.Testing.Faults;

/// <summary>A clock for processes of a test, which jumps while they run: libfaketime before their C library, reading a file every other second.</summary>
/// <param name="file">Holds the difference to the real time, such as <c>+3d</c> or <c>-3600</c>.</param>
public sealed class FakeClock(string file)
{
    // What was read counts for more than the one whole second of the setting, so for two at most.
    static readonly TimeSpan s_longest = TimeSpan.FromSeconds(2.5);

    /// <summary>Null where libfaketime is not installed.</summary>
    public static string? Library { get; } = Directory.GetDirectories("/usr/lib", "*-linux-gnu").Select(folder => Path.Combine(folder, "faketime", "libfaketimeMT.so.1")).FirstOrDefault(File.Exists);

    /// <summary>
    /// Variables for the processes. Times of files and clocks that cannot be set stay real; without the fix forced off, the library takes waits of .NET, which are by such a clock, for ones by
    /// the clock that is set, and they return at once, over and over.
    /// </summary>
    public IReadOnlyDictionary<string, string> Environment { get; } = new Dictionary<string, string>
    {
        ["LD_PRELOAD"] = Library ?? "", ["FAKETIME_TIMESTAMP_FILE"] = file, ["FAKETIME_CACHE_DURATION"] = "1", ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1", ["FAKETIME_FORCE_MONOTONIC_FIX"] = "0", ["NO_FAKE_STAT"] = "1",
    };

    /// <summary>Returns when all processes go by it.</summary>
    public async Task Set(string by)
    {
        await File.WriteAllTextAsync(file, by + "\n");
        await Task.Delay(s_longest);
    }
}
