namespace CityOps.Gis.Web.Api.BaseMaps;

/// <summary>A tile as PNG, JPEG, WebP or GIF.</summary>
public sealed record TilePicture(byte[] Bytes)
{
    /// <summary>By its first bytes, as servers and files name it wrongly; null where it is no picture that browsers show.</summary>
    public string? ContentType => Bytes switch
    {
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => "image/png",
        [0xff, 0xd8, 0xff, ..] => "image/jpeg",
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => "image/webp",
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => "image/gif",
        _ => null,
    };
}
