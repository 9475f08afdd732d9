using CityOps.Gis.PostGis;
using Npgsql;

namespace CityOps.Gis.Web.Components;

/// <summary>
/// What a component waits for: it can be stopped, a later question takes its place, and that it was stopped or cut off is told by an <see cref="AnswerWait"/>. Belongs to
/// one component, which renders when <see cref="Ask"/> returns.
/// </summary>
public sealed class Answering : IDisposable
{
    CancellationTokenSource? _asking;
    bool _isClosed;

    public bool IsBusy { get; private set; }

    /// <summary>Why the last question has no whole answer.</summary>
    public AnswerHalt Halt { get; private set; }

    /// <summary>Asks; true where the answer came whole and nothing was asked since.</summary>
    /// <param name="find">Looks at its token after each wait, so that nothing late is shown.</param>
    public async Task<bool> Ask(Func<CancellationToken, Task> find)
    {
        _asking?.Cancel();
        // Not disposed: an answer that is still on its way looks at the token.
        var asking = _asking = new();
        (IsBusy, Halt) = (!_isClosed, AnswerHalt.None);
        var halt = await Answer(find, asking);
        if (asking != _asking || _isClosed)
            return false;
        (IsBusy, Halt) = (false, halt);
        return halt == AnswerHalt.None;
    }

    public void Stop() => _asking?.Cancel();

    /// <summary>The component goes, or wants nothing any more.</summary>
    public void Dispose()
    {
        (_isClosed, IsBusy) = (true, false);
        _asking?.Cancel();
    }

    static async Task<AnswerHalt> Answer(Func<CancellationToken, Task> find, CancellationTokenSource asking)
    {
        try
        {
            await find(asking.Token);
            return AnswerHalt.None;
        }
        catch (NpgsqlException fault) when (fault.IsAway())
        {
            return AnswerHalt.Away;
        }
        catch (OperationCanceledException) when (asking.IsCancellationRequested)
        {
            return AnswerHalt.Stopped;
        }
    }
}
