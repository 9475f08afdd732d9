using Xunit;

namespace CityOps.Gis.Tests.SurveyImport.Sampling;

/// <summary>The classes that look at the sample city share one that is written once.</summary>
[CollectionDefinition("sample city")]
public sealed class SampleCollection : ICollectionFixture<SampleFixture>;
