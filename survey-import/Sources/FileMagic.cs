namespace CityOps.Gis.SurveyImport.Sources;

/// <summary>Says what a file is by its first bytes, whatever its name.</summary>
static class FileMagic
{
    static readonly (byte[] Start, string Kind)[] Known =
    [
        ([0x50, 0x4B, 3, 4], "a zip archive"), ([0x50, 0x4B, 5, 6], "a zip archive"), ([0x50, 0x4B, 7, 8], "a zip archive"),
        ([.. "Rar!"u8], "a RAR archive"), ([0x37, 0x7A, 0xBC, 0xAF], "a 7-Zip archive"), ([0x1F, 0x8B], "a gzip file"),
        ([.. "SQLite format 3"u8], "an SQLite database"), ([0xD0, 0xCF, 0x11, 0xE0], "an old Office document"),
        ([.. "%PDF"u8], "a PDF"), ([0x89, 0x50, 0x4E, 0x47], "a picture"), ([0xFF, 0xD8, 0xFF], "a picture"), ([.. "AC10"u8], "an AutoCAD DWG drawing"),
        ([0, 0, 0x27, 0x0A], "a shapefile"), ([0, 1, 0, 0, 0x53, 0x74, 0x61, 0x6E], "an Access database"),
        ([.. "<!DOCTYPE html"u8], "a web page"), ([.. "<html"u8], "a web page"), ([.. "<?xml"u8], "XML"), ([.. "fgb"u8], "FlatGeobuf"),
    ];

    /// <summary>Kind in words, or null for unknown content; <c>an empty file</c> for no content.</summary>
    public static string? Of(string path)
    {
        Span<byte> head = stackalloc byte[16];
        using var file = File.OpenRead(path);
        head = head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        if (head.IsEmpty)
            return "an empty file";
        foreach (var (start, kind) in Known)
            if (head.StartsWith(start))
                return kind;
        return null;
    }

    public static string InChinese(string kind) => kind switch
    {
        "a zip archive" => " zip 压缩包",
        "a RAR archive" => " RAR 压缩包",
        "a 7-Zip archive" => " 7-Zip 压缩包",
        "a gzip file" => " gzip 压缩文件",
        "an SQLite database" => " SQLite 数据库",
        "an old Office document" => "旧版 Office 文档",
        "a PDF" => " PDF 文档",
        "a picture" => "图片",
        "an AutoCAD DWG drawing" => " AutoCAD DWG 图纸",
        "a shapefile" => " Shapefile",
        "an Access database" => " Access 数据库",
        "a web page" => "网页",
        "an empty file" => "空文件",
        "something else" => "其他内容",
        "damaged" => "已损坏",
        _ => kind,
    };
}
