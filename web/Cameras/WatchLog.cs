using System.Collections.Concurrent;
using CityOps.Gis.Access;
using CityOps.Gis.PostGis.Audit;
using CityOps.Gis.PostGis.Cameras;

namespace CityOps.Gis.Web.Cameras;

/// <summary>Writes down who watches a camera: when he begins, and again each <see cref="Again"/> in which he goes on.</summary>
public sealed class WatchLog(AuditLog log, TimeProvider clock)
{
    public static readonly TimeSpan Again = TimeSpan.FromMinutes(15);
    const int MostKept = 10_000;
    readonly ConcurrentDictionary<(string Who, long Camera), long> _noted = new();

    public async Task Note(long camera, CancellationToken cancel = default)
    {
        var who = (Caller.Current.Id ?? Caller.Current.Name, camera);
        if (_noted.TryGetValue(who, out var at) && clock.GetElapsedTime(at) < Again)
            return;
        if (_noted.Count > MostKept)
            _noted.Clear();
        _noted[who] = clock.GetTimestamp();
        await log.Write(new(AuditKind.CameraWatched) { LayerId = CameraTables.LayerId, Fid = camera }, cancel);
    }
}
