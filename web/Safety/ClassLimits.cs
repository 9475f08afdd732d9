namespace CityOps.Gis.Web.Safety;

/// <summary>How much of one kind of work there may be.</summary>
/// <param name="AtOnce">Requests that are worked on; 0 = any number.</param>
/// <param name="Waiting">Requests that wait for their turn; one more is turned away with 503.</param>
/// <param name="PerSecond">Requests a second that one person, one key or one unknown address may keep up; 0 = any number.</param>
/// <param name="Burst">Requests at a stroke, as a map asks for when it opens.</param>
public sealed record ClassLimits(int AtOnce, int Waiting, double PerSecond, int Burst)
{
    /// <summary>Bytes of a request's body.</summary>
    public long MostBytes { get; init; } = 256 << 10;

    /// <summary>How long an answer may take; null = as long as its reader keeps up.</summary>
    public TimeSpan? MostTime { get; init; }

    /// <summary>Bytes a second below which a reader of the answer is cut off, where it must take more than any connection must (<see cref="ConnectionLimits"/>).</summary>
    public int? LeastBytesPerSecond { get; init; }

    /// <summary>How long a request waits for its turn at most: longer, and nobody is there any more.</summary>
    public static readonly TimeSpan MostWait = TimeSpan.FromSeconds(5);

    static readonly int s_cores = Environment.ProcessorCount;

    /// <summary>
    /// The product's limits. Those of classes that ask the database add up to less than the hundred connections of a pool, so that no class can take another's.
    /// </summary>
    public static IReadOnlyDictionary<RequestClass, ClassLimits> Usual { get; } = new Dictionary<RequestClass, ClassLimits>
    {
        [RequestClass.File] = new(0, 0, 0, 0),
        [RequestClass.Health] = new(0, 0, 0, 0),
        [RequestClass.Page] = new(64, 256, 20, 400) { MostTime = TimeSpan.FromSeconds(60) },
        [RequestClass.Circuit] = new(2_000, 0, 50, 1_000),
        [RequestClass.Events] = new(4_000, 0, 5, 200),
        [RequestClass.Tile] = new(32, 512, 500, 5_000),
        [RequestClass.Question] = new(Math.Clamp(6 * s_cores, 12, 24), 192, 100, 2_000) { MostBytes = 8 << 20, MostTime = TimeSpan.FromSeconds(90) },
        [RequestClass.Analysis] = new(Math.Clamp(2 * s_cores, 2, 8), 64, 20, 400) { MostTime = TimeSpan.FromSeconds(90) },
        // An export holds its place until the last byte is taken.
        [RequestClass.Export] = new(6, 12, 1, 300) { LeastBytesPerSecond = 16 << 10 },
        [RequestClass.Upload] = new(16, 64, 50, 1_000) { MostBytes = 20 << 20 },
        // Sixteen open pages of four cameras; the database is asked before the gateway and not held meanwhile.
        [RequestClass.Stream] = new(64, 128, 50, 1_000) { MostTime = TimeSpan.FromSeconds(60) },
        // A password takes a core for a tenth of a second, on purpose. The body is held in memory before (BodyFirst).
        [RequestClass.SignIn] = new(Math.Max(2, s_cores), 32, 0.5, 60) { MostBytes = 16 << 10, MostTime = TimeSpan.FromSeconds(30) },
        // Of its own, so that who thinks for long about a password may still send it. A long one takes milliseconds; whether it is the old one, as long as a sign-in.
        [RequestClass.Weighing] = new(Math.Max(2, s_cores / 2), 32, 2, 120) { MostBytes = 8 << 10, MostTime = TimeSpan.FromSeconds(10) },
    };
}
