namespace CityOps.Gis.Benchmarks;

/// <summary>The bench's question: one district, one class, 90 days.</summary>
sealed record HeatFilter(string District, string Class, DateTimeOffset From, DateTimeOffset To);
