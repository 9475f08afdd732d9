using System.Globalization;

namespace CityOps.Gis.Testing.Faults.Simulation;

/// <summary>
/// What watches the cameras: things come, are seen again in each step at nearly the same place in the picture, now and then too unsure to count, and are reported gone some time after. As
/// recognisers do, it sends some of it twice.
/// </summary>
/// <param name="scenesOfAStep">How many things come in a step.</param>
sealed class Recogniser(Actor sender, double scenesOfAStep, Random random)
{
    const int MostSteps = 8, OneSentTwiceOf = 7;
    const double Jitter = 0.01;
    static readonly string[] s_kinds = ["bin-overflow", "exposed-refuse", "bike-parking", "street-vendor", "trading-on-road", "vehicle-parking", "piled-objects"];
    readonly Dictionary<(string Camera, string Kind), (double X, int Left)> _there = [];
    int _message;

    /// <summary>Answers by what became of what was sent.</summary>
    public Dictionary<string, int> Outcomes { get; } = new() { ["new"] = 0, ["merged"] = 0, ["dropped"] = 0, ["repeated"] = 0 };

    /// <summary>Frames that were reported clear.</summary>
    public List<(string Camera, string Kind, DateTimeOffset At)> ClearFrames { get; } = [];

    /// <summary>Messages that were answered otherwise than they had to be.</summary>
    public int Lost { get; private set; }

    public async Task Watch(DateTimeOffset now, double share)
    {
        for (var left = scenesOfAStep * share; left > 0 && random.NextDouble() < left; left--)
            _there.TryAdd((SimulatedCity.CameraIds[random.Next(SimulatedCity.CameraIds.Count)], s_kinds[random.Next(s_kinds.Length)]), (random.NextDouble() * 0.7, random.Next(1, MostSteps)));
        foreach (var ((camera, kind), (x, left)) in _there.ToList())
            if (left > 0)
            {
                await See(camera, kind, x + (random.NextDouble() - 0.5) * Jitter, now);
                _there[(camera, kind)] = (x, left - 1);
            }
            else
            {
                await sender.SendClear(camera, kind, now);
                ClearFrames.Add((camera, kind, now));
                _there.Remove((camera, kind));
            }
    }

    async Task See(string camera, string kind, double x, DateTimeOffset now)
    {
        var fields = new Dictionary<string, string>
        {
            ["camera"] = camera, ["id"] = Text(++_message), ["kind"] = kind, ["at"] = now.ToString("O", CultureInfo.InvariantCulture), ["confidence"] = Text(0.5 + random.NextDouble() / 2), ["x"] = Text(Math.Max(0, x)),
            ["y"] = "0.4", ["w"] = "0.2", ["h"] = "0.3",
        };
        var outcome = await sender.SendSeen(fields);
        Heard(outcome, isExpected: outcome is "new" or "merged" or "dropped");
        if (_message % OneSentTwiceOf == 0)
        {
            outcome = await sender.SendSeen(fields);
            Heard(outcome, isExpected: outcome is "repeated");
        }
    }

    void Heard(string? outcome, bool isExpected)
    {
        if (outcome is not null)
            Outcomes[outcome]++;
        if (!isExpected)
            Lost++;
    }

    static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
