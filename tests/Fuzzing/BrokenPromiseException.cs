namespace CityOps.Gis.Fuzzing;

/// <summary>The code took an input and did not keep what it promises, such as reading what it wrote.</summary>
public sealed class BrokenPromiseException(string promise) : Exception(promise);
