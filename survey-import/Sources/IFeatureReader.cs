namespace CityOps.Gis.SurveyImport.Sources;

/// <summary>Reads one layer of a delivery front to back, as often as asked; memory does not grow with the file.</summary>
public interface IFeatureReader : IDisposable
{
    SourceLayer Layer { get; }

    /// <exception cref="SourceException">The file breaks off or lies about itself.</exception>
    IEnumerable<FeatureChunk> Read(CancellationToken cancel);
}
