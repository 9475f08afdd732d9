using System.Xml;

namespace CityOps.Gis.SurveyImport.Reporting;

/// <summary>Texts for XML, which holds neither control characters nor halves of a pair.</summary>
static class XmlText
{
    /// <summary>The same text, with a mark in the place of every character that XML does not hold.</summary>
    public static string Clean(string text)
    {
        for (var at = 0; at < text.Length; at++)
            if (!IsGood(text, ref at))
                return Replaced(text);
        return text;
    }

    static string Replaced(string text)
    {
        var clean = text.ToCharArray();
        for (var at = 0; at < clean.Length; at++)
            if (!IsGood(text, ref at))
                clean[at] = '\uFFFD';
        return new(clean);
    }

    static bool IsGood(string text, ref int at)
    {
        if (XmlConvert.IsXmlChar(text[at]))
            return true;
        if (at + 1 == text.Length || !XmlConvert.IsXmlSurrogatePair(text[at + 1], text[at]))
            return false;
        at++;
        return true;
    }
}
