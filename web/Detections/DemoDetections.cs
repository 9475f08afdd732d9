using CityOps.Gis.Detections;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Cameras;
using CityOps.Gis.PostGis.Detections;

namespace CityOps.Gis.Web.Detections;

/// <summary>What recognisers might have seen on the cameras of the sample city in the last hours, with drawn pictures, so that the queue of the demonstration has something in it.</summary>
public static class DemoDetections
{
    const int Cameras = 28;
    static readonly string[] s_upright = ["outdoor-advertising", "small-advertisements", "laundry"];

    /// <summary>Sends them by the way that recognisers do, where nothing was seen yet; how many scenes there are then.</summary>
    public static async Task<int> Make(IServiceProvider services, CancellationToken cancel)
    {
        var (list, cameras, intake) = (services.GetRequiredService<DetectionList>(), services.GetRequiredService<CameraList>(), services.GetRequiredService<DetectionIntake>());
        if (services.GetRequiredService<LayerCatalog>().Lists.Find("detection-kinds") is not { } kinds || (await list.Counts(new(), cancel)).Count > 0)
            return 0;
        var (made, now) = (0, services.GetRequiredService<TimeProvider>().GetUtcNow());
        foreach (var (at, camera) in (await cameras.Page(new("online"), cancel: cancel)).Where(camera => camera.View is not null).Take(Cameras).Index())
        {
            var kind = kinds.Entries[at % kinds.Entries.Count].Code;
            var (random, seen) = (new Random(at), 1 + at % 3);
            var box = new PictureBox(0.08 + random.NextDouble() * 0.55, s_upright.Contains(kind) ? 0.38 : 0.55, 0.16 + random.NextDouble() * 0.1, 0.2);
            for (var turn = 0; turn < seen; turn++)
            {
                var sent = new SentDetection(camera.CameraId, $"demo-{turn}", kind, now.AddMinutes(-12 * at - 5 * (seen - turn)), 0.72 + random.NextDouble() * 0.26, box);
                await intake.Take(sent, _ => Task.FromResult<ReadOnlyMemory<byte>?>(DemoPicture.Draw(kind, box, at)), cancel);
            }
            made++;
        }
        return made;
    }
}
