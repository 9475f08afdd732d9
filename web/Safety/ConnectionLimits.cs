namespace CityOps.Gis.Web.Safety;

/// <summary>What one connection, and all of them, may hold of the server.</summary>
public sealed record ConnectionLimits
{
    /// <summary>Connections, those of open pages included.</summary>
    public int Most { get; init; } = 10_000;

    /// <summary>How long a connection may rest between two requests.</summary>
    public TimeSpan Rest { get; init; } = TimeSpan.FromSeconds(75);

    /// <summary>How long the head of a request may take to come.</summary>
    public TimeSpan Head { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Bytes a second, in either direction, below which a connection is cut: with the buffer of an answer this is also how long a reader that takes nothing is borne.</summary>
    public int LeastBytesPerSecond { get; init; } = 2 << 10;

    /// <summary>How long a connection may be slower than that.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(10);
}
