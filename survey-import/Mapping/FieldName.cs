using System.Text;

namespace CityOps.Gis.SurveyImport.Mapping;

/// <summary>Compares field names the way survey teams write them: without case, blanks, underscores, hyphens and trailing dots (<c>Note_</c>, <c>OBJNAME</c>).</summary>
static class FieldName
{
    /// <summary>A DBF field name holds ten bytes; longer ones were cut.</summary>
    public const int DbfLength = 10;

    public static string Normal(string name)
    {
        var normal = new StringBuilder(name.Length);
        foreach (var one in name.Normalize(NormalizationForm.FormKC))
            if (!char.IsWhiteSpace(one) && one is not ('_' or '-' or '.' or '：' or ':'))
                normal.Append(char.ToLowerInvariant(one));
        return normal.ToString();
    }

    /// <summary>True when a delivered name is the first ten bytes of the full one, in GBK or UTF-8; a character that was cut in two is lost.</summary>
    public static bool IsCutOf(string delivered, string full)
    {
        delivered = delivered.TrimEnd('\uFFFD');
        return full.StartsWith(delivered, StringComparison.OrdinalIgnoreCase)
            && (IsCut(Encodings.CodePages.Gb18030, delivered, full, 2) || IsCut(Encoding.UTF8, delivered, full, 3));
    }

    static bool IsCut(Encoding encoding, string delivered, string full, int widest)
        => encoding.GetByteCount(full) > DbfLength && encoding.GetByteCount(delivered) is <= DbfLength and var length && length > DbfLength - widest;
}
