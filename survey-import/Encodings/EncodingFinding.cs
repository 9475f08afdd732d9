using System.Text;
using CityOps.Gis.Layers;

namespace CityOps.Gis.SurveyImport.Encodings;

/// <summary>The encoding in which a file's texts are read, and how that is known.</summary>
/// <param name="IsContradicted">True when the file names one encoding and its bytes are another.</param>
public sealed record EncodingFinding(Encoding Encoding, IReadOnlyList<LocalText> Evidence, bool IsContradicted = false)
{
    /// <summary>Name to show: what a Chinese user calls it.</summary>
    public string Name => EncodingDetector.NameOf(Encoding);
}
