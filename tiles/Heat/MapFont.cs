using SkiaSharp;

namespace CityOps.Gis.Tiles.Heat;

/// <summary>A font of this machine that has Chinese characters (Debian: fonts-noto-cjk); where there is none, any, and Chinese shows as boxes.</summary>
static class MapFont
{
    static readonly string[] Folders = ["/usr/share/fonts", "/usr/local/share/fonts"];
    static readonly string[] Wanted = ["NotoSansCJK-Regular", "NotoSansSC-Regular", "NotoSansCJK", "wqy-microhei", "wqy-zenhei", "NotoSerifCJK-Regular", "DejaVuSans."];

    public static SKTypeface Typeface { get; } = Find();

    // Skia without fontconfig knows no system fonts, so files are looked for by name.
    static SKTypeface Find()
    {
        if (SKFontManager.Default.MatchCharacter('图') is { } matched)
            return matched;
        var files = Folders.Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder, "*.*", SearchOption.AllDirectories)).ToList();
        return Wanted.Select(name => files.FirstOrDefault(file => Path.GetFileName(file).StartsWith(name, StringComparison.OrdinalIgnoreCase)))
            .OfType<string>().Select(file => SKTypeface.FromFile(file)).FirstOrDefault(face => face is not null) ?? SKTypeface.Default;
    }
}
