namespace CityOps.Gis.PostGis;

/// <summary>A migration script that failed.</summary>
public sealed class MigrationException(string script, Exception inner)
    : Exception($"Migration {script} failed: {inner.Message}", inner)
{
    public string Script { get; } = script;
}
