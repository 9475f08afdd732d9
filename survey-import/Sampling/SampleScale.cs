namespace CityOps.Gis.SurveyImport.Sampling;

/// <summary>How much the sample city holds (<c>--scale demo|1m|xiamen</c>).</summary>
public enum SampleScale { Demo, Million, Xiamen }
