using System.Collections.Concurrent;
using CityOps.Gis.Access;
using CityOps.Gis.PostGis;
using CityOps.Gis.Web.Access.Keys;
using CityOps.Gis.Web.Safety;
using Npgsql;

namespace CityOps.Gis.Web.Access;

/// <summary>
/// Ends answers that are still on their way (events of open maps, exports, downloads) when the session or the key they were asked with has ended, was revoked, or no
/// longer gives the same rights and the same scope. A browser asks again by itself, as whoever it is then.
/// </summary>
sealed class LongAnswers(SessionCallers sessions, KeyCallers keys, AccessOptions options, TimeProvider clock, ILogger<LongAnswers> log) : BackgroundService
{
    static readonly TimeSpan s_least = TimeSpan.FromSeconds(1);
    readonly ConcurrentDictionary<Answer, bool> _running = new();

    // What was read is relied on as long again: an answer ends within twice that.
    TimeSpan Between => options.Relied > s_least ? options.Relied : s_least;

    /// <summary>Lets the request be answered while the caller's rights hold. Tiles are over before anybody could look, and circuits look for themselves.</summary>
    public async Task Guard(HttpContext context, Caller caller, RequestDelegate next)
    {
        if (RequestClasses.Of(context.Request) is RequestClass.Tile or RequestClass.File or RequestClass.Health or RequestClass.Circuit || Renewed(context) is not { } renewed)
        {
            await next(context);
            return;
        }
        var answer = new Answer(context, caller, renewed, clock.GetTimestamp());
        _running[answer] = true;
        try
        {
            await next(context);
        }
        finally
        {
            answer.End();
            _running.TryRemove(answer, out _);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Between, clock);
        while (await timer.Next(stoppingToken))
            foreach (var answer in _running.Keys.Where(answer => clock.GetElapsedTime(answer.Begun) >= Between))
                await Look(answer);
    }

    async Task Look(Answer answer)
    {
        try
        {
            if (await answer.Renewed() is not { } now || !now.MayTheSameAs(answer.Caller))
                answer.Abort();
        }
        catch (NpgsqlException fault) when (fault.IsAway())
        {
            // Nobody's rights can be read now, nor changed.
            log.LogWarning("Whether answers may go on cannot be looked up now: {Reason}", fault.Message);
        }
        catch (ObjectDisposedException)
        {
            // The host is going away, and its answers with it.
            answer.Abort();
        }
    }

    // Null where whoever embeds the host says who calls: that does not change.
    Func<Task<Caller?>>? Renewed(HttpContext context)
    {
        if (SessionCookie.SessionOf(context.User) is { } session)
            return () => sessions.Find(session, isUsed: false);
        return context.User.Identity?.AuthenticationType == AccessSchemes.Key && KeyAuthentication.KeyOf(context.Request) is { } key ? () => keys.Find(key, null) : null;
    }

    /// <summary>An answer on its way. The server uses a context for another request once this one is over, which must not be cut off in its place.</summary>
    sealed class Answer(HttpContext context, Caller caller, Func<Task<Caller?>> renewed, long begun)
    {
        readonly Lock _lock = new();
        bool _isOver;

        public Caller Caller => caller;
        public Func<Task<Caller?>> Renewed => renewed;
        public long Begun => begun;

        public void End()
        {
            lock (_lock)
                _isOver = true;
        }

        public void Abort()
        {
            lock (_lock)
                if (!_isOver)
                    context.Abort();
        }
    }
}
