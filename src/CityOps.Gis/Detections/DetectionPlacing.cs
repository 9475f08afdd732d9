using CityOps.Gis.Cameras;

namespace CityOps.Gis.Detections;

/// <summary>
/// Places what a camera shows on level ground, by the foot of its box and a pinhole camera (a lens without distortion). The ray through the foot is turned by the camera's tilt; its
/// part along the ground gives the bearing, and where it meets the ground, the camera's height below, the distance. Where height or tilt is not known, or the ray does not meet the
/// ground within the camera's range, it lies halfway out on that bearing. A lens of more than <see cref="WidestPinhole"/> spreads angles evenly over its picture (equidistant).
/// <para>
/// Accuracy, metres, from what is usual for such figures: the camera's place 2 m, its direction 3°, its tilt 1°, its height 5 % of it. By the range alone: half of it.
/// </para>
/// </summary>
public static class DetectionPlacing
{
    const double WidestPinhole = 120, CameraMeters = 2, DirectionDegrees = 3, TiltDegrees = 1, HeightShare = 0.05, Radians = Math.PI / 180;

    // Of a camera of which nothing is known.
    const double UnknownRange = 100;

    /// <param name="longitude">Of the camera, degrees (EPSG:4490).</param>
    /// <param name="latitude">Of the camera, degrees (EPSG:4490).</param>
    /// <param name="view">Null where it is not known where the camera looks.</param>
    /// <param name="mount">Null where it is not known how it hangs.</param>
    /// <param name="aspect">Height of the picture over its width.</param>
    public static DetectionPlace Of(double longitude, double latitude, CameraView? view, CameraMount? mount, PictureBox box, double aspect)
    {
        if (view is null)
            return new(longitude, latitude, UnknownRange, PlacingMethod.Camera);
        var (right, down) = Ray(view.Opening, aspect, box.Foot);
        var (aside, meters, slope) = mount is { } hangs ? Ground(right, down, hangs) : (Math.Atan(right) / Radians, double.PositiveInfinity, 0);
        if (view.Opening > WidestPinhole)
            aside = (box.Foot.X - 0.5) * view.Opening;
        var isMet = meters <= view.RangeMeters;
        var distance = isMet ? meters : view.RangeMeters / 2;
        var along = isMet ? Math.Sqrt(Squared(TiltDegrees * Radians * (distance / Math.Cos(slope)) / Math.Sin(slope)) + Squared(HeightShare * distance)) : distance;
        var accuracy = Math.Sqrt(Squared(CameraMeters) + Squared(DirectionDegrees * Radians * distance) + Squared(along));
        var (x, y) = new LocalPlane(longitude, latitude).At(view.Direction + aside, distance);
        return new(x, y, Math.Round(accuracy, 1), isMet ? PlacingMethod.Tilt : PlacingMethod.Range);
    }

    // How far right and down the ray goes for one metre ahead, along the camera's own axis.
    static (double Right, double Down) Ray(double opening, double aspect, (double X, double Y) foot)
    {
        var half = Math.Tan(Math.Min(opening, WidestPinhole) / 2 * Radians);
        return ((2 * foot.X - 1) * half, (2 * foot.Y - 1) * half * aspect);
    }

    // Degrees aside of the direction, metres along the ground, and the ray's angle below the horizon (radians); the distance is endless where it does not go down.
    static (double Aside, double Meters, double Slope) Ground(double right, double down, CameraMount mount)
    {
        var (sin, cos) = Math.SinCos(mount.TiltDegrees * Radians);
        var (ahead, below) = (cos - down * sin, sin + down * cos);
        var level = Math.Sqrt(Squared(ahead) + Squared(right));
        return (Math.Atan2(right, ahead) / Radians, below > 0 && mount.HeightMeters > 0 ? mount.HeightMeters * level / below : double.PositiveInfinity, Math.Atan2(below, level));
    }

    static double Squared(double value) => value * value;
}
