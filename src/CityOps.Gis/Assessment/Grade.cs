namespace CityOps.Gis.Assessment;

/// <summary>The band of a total score (GB/T 30428.4 in practice): A from 90, B from 75, C from 60, D from 40, else E.</summary>
public enum Grade
{
    A,
    B,
    C,
    D,
    E,
}
