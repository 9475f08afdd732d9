namespace CityOps.Gis.SurveyImport.Sources.Shapefiles;

/// <summary>A field of a .dbf header.</summary>
/// <param name="Type">Letter in the file: C text, N/F number, D date, L logical, I integer, O/B double, @/T timestamp, Y currency, M/G/P memo.</param>
/// <param name="Offset">First byte within a record; byte 0 is the deletion mark.</param>
readonly record struct DbfField(string Name, char Type, int Offset, int Width, int Decimals)
{
    const int DigitsOfLong = 18;

    public bool IsMemo => Type is 'M' or 'G' or 'P' && Width is 4 or 10;

    public SourceColumnType ColumnType => Type switch
    {
        'N' when Decimals == 0 => Width <= DigitsOfLong ? SourceColumnType.Integer : SourceColumnType.Text,
        'N' or 'F' => SourceColumnType.Real,
        'O' or 'B' when Width == 8 => SourceColumnType.Real,
        'Y' when Width == 8 => SourceColumnType.Real,
        'I' or '+' when Width == 4 => SourceColumnType.Integer,
        'D' when Width == 8 => SourceColumnType.Date,
        '@' or 'T' when Width == 8 => SourceColumnType.Timestamp,
        'L' => SourceColumnType.Boolean,
        _ => SourceColumnType.Text,
    };
}
