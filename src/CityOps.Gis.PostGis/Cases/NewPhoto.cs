namespace CityOps.Gis.PostGis.Cases;

/// <summary>A photo to be kept, made anew by the product from what was sent: JPEG (ITU-T T.81) without any of the sender's metadata.</summary>
/// <param name="Width">Pixels of <paramref name="Bytes"/>; <paramref name="Small"/> is for lists.</param>
public sealed record NewPhoto(byte[] Bytes, byte[] Small, int Width, int Height);
