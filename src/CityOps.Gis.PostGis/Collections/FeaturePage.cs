using Npgsql;

namespace CityOps.Gis.PostGis.Collections;

/// <summary>The rows of a page, one after the other. Read once, on one thread at a time.</summary>
public sealed class FeaturePage : IAsyncDisposable
{
    readonly IAsyncDisposable _command;
    readonly NpgsqlDataReader _reader;
    readonly int _limit;
    readonly bool _isBackwards;
    readonly bool? _goesOn;

    /// <param name="goesOn">Whether there are more features than the rows that were asked for; null = the rows tell it.</param>
    internal FeaturePage(IAsyncDisposable command, NpgsqlDataReader reader, int limit, bool isBackwards, bool? goesOn = null)
        => (_command, _reader, _limit, _isBackwards, _goesOn) = (command, reader, limit, isBackwards, goesOn);

    /// <summary>The row <see cref="Next"/> came to, in the form of <see cref="FeatureColumn.SelectList"/>.</summary>
    internal NpgsqlDataReader Row => _reader;

    /// <summary>Features so far.</summary>
    public int Count { get; private set; }
    public long FirstFid { get; private set; }

    /// <summary>See <see cref="FeaturePages.Version"/>; known from the first row on.</summary>
    public long Version { get; private set; }
    public long LastFid { get; private set; }

    /// <summary>
    /// Whether there are more in the page's direction; known after its last row. Of a page that was read backwards it is only known that there may be.
    /// </summary>
    public bool HasMore { get; private set; }

    /// <summary>Goes to the next feature; false after the last one.</summary>
    public async ValueTask<bool> Next(CancellationToken cancel = default)
    {
        if (Count == _limit)
        {
            HasMore = _goesOn ?? (_isBackwards || await _reader.ReadAsync(cancel));
            return false;
        }
        if (!await _reader.ReadAsync(cancel))
        {
            HasMore = _goesOn ?? false;
            return false;
        }
        LastFid = _reader.GetInt64(0);
        if (Count++ == 0)
            (FirstFid, Version) = (LastFid, _reader.GetInt64(FeatureColumn.Version));
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        await _reader.DisposeAsync();
        await _command.DisposeAsync();
    }
}
