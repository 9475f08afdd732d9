using CityOps.Gis.Web.Commands;

namespace CityOps.Gis.Web.Imports;

/// <summary>How this process takes deliveries from browsers and works on them.</summary>
public sealed record ImportOptions
{
    const string ScannerVariable = "CITYOPS_SCANNER";

    /// <summary>As the environment sets it; see <c>src/docs/security.md</c>.</summary>
    public static ImportOptions FromEnvironment()
        => new() { Scanner = (Environment.GetEnvironmentVariable(ScannerVariable) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) };

    /// <summary>Folder of uploaded files.</summary>
    public string Folder { get; init; } = Path.Combine(CommandContext.Root, ".data", "imports");

    /// <summary>Imports that are worked on side by side.</summary>
    public int AtOnce { get; init; } = 2;

    /// <summary>Bytes of all files of a delivery.</summary>
    public long MostBytes { get; init; } = 2L << 30;
    public int MostFiles { get; init; } = 2_000;

    /// <summary>Bytes that a browser sends at a time: what a cut connection loses at most.</summary>
    public int ChunkBytes { get; init; } = 4 << 20;

    /// <summary>How long an upload may rest before its files are cleared away.</summary>
    public TimeSpan KeepUnfinished { get; init; } = TimeSpan.FromDays(2);

    /// <summary>How long the files of a delivery are kept after the last thing that happened to it.</summary>
    public TimeSpan KeepEnded { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Program and arguments that look at a delivery before it is read (<see cref="DeliveryScanner"/>); empty = none does.</summary>
    public IReadOnlyList<string> Scanner { get; init; } = [];

    /// <summary>Times that an import which took the program down with it is begun again by itself.</summary>
    public int MostAttempts { get; init; } = 3;
}
