namespace CityOps.Gis.Cameras;

/// <summary>How a camera hangs, where that is known.</summary>
/// <param name="HeightMeters">Above the ground that it looks at.</param>
/// <param name="TiltDegrees">How far the middle of its picture lies below the horizon (俯角).</param>
public readonly record struct CameraMount(double HeightMeters, double TiltDegrees);
