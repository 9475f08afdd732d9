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

    /// <summary>True when a delivered name is the first ten bytes (GBK) of the full one.</summary>
    public static bool IsCutOf(string delivered, string full)
    {
        var bytes = Encodings.CodePages.Gb18030.GetBytes(full);
        return bytes.Length > DbfLength && Encodings.CodePages.Gb18030.GetByteCount(delivered) is DbfLength or DbfLength - 1
            && full.StartsWith(delivered, StringComparison.OrdinalIgnoreCase);
    }
}
