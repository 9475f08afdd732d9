namespace CityOps.Gis.Tests.SurveyImport.Sources.Access;

/// <param name="Width">Characters of a text.</param>
sealed record AccessColumn(string Name, AccessType Type, int Width = 255)
{
    public bool IsFixed => Type is not (AccessType.Text or AccessType.Ole or AccessType.Memo);

    public int Size => Type switch
    {
        AccessType.Integer => 2,
        AccessType.Long => 4,
        AccessType.Double or AccessType.DateTime => 8,
        AccessType.Text => 2 * Width,
        _ => 0,
    };
}
