using CityOps.Gis.Layers;
using CityOps.Gis.SurveyImport.Checking;
using CityOps.Gis.SurveyImport.Mapping;
using CityOps.Gis.SurveyImport.Sources;
using CityOps.Gis.Testing;
using Xunit;

namespace CityOps.Gis.Tests.SurveyImport.Checking;

/// <summary>A profile's constants and values hold for fields of every type, and for columns that have the field's type already.</summary>
public sealed class FieldReaderTests
{
    public static TheoryData<FieldType, string, string, string> Types => new()
    {
        { FieldType.Text, "none", "x", "x" },
        { FieldType.Integer, "none", "7", "7" },
        { FieldType.Real, "none", "2.5", "2.5" },
        { FieldType.Boolean, "none", "yes", "1" },
        { FieldType.Date, "none", "2026-01-31", "2026-01-31" },
        { FieldType.DateTime, "none", "2026-01-31T08:00:00+08:00", "2026-01-31T00:00:00.0000000Z" },
    };

    [Theory]
    [MemberData(nameof(Types))]
    public void A_delivered_value_is_replaced_as_the_profile_says(FieldType type, string delivered, string mapped, string stored)
        => Assert.Equal(stored, Read(type, new TextColumn([delivered]), constant: null, new() { [delivered] = mapped }));

    [Theory]
    [MemberData(nameof(Types))]
    public void A_blank_cell_takes_the_constant(FieldType type, string delivered, string constant, string stored)
    {
        Assert.NotNull(delivered);
        Assert.Equal(stored, Read(type, new TextColumn([null]), constant, values: null));
    }

    [Fact]
    public void A_missing_cell_of_a_typed_column_takes_the_constant()
    {
        Assert.Equal("7", Read(FieldType.Integer, new IntegerColumn([IntegerColumn.Missing]), "7", null));
        Assert.Equal("2.5", Read(FieldType.Real, new RealColumn([double.NaN]), "2.5", null));
        Assert.Equal("2026-01-31", Read(FieldType.Date, new DateColumn([DateColumn.Missing]), "20260131", null));
    }

    static string? Read(FieldType type, Column column, string? constant, Dictionary<string, string>? values)
    {
        var context = new CheckContext
        {
            Layer = PostGisDatabase.Catalog.Find("components")!,
            Lists = PostGisDatabase.Catalog.Lists,
            Settings = new() { LayerId = "components" },
            Divisions = new HashSet<string>(),
            Departments = new HashSet<string>(),
        };
        var field = new LayerField { Name = "field", Title = new("字段", "Field"), Type = type };
        var findings = new Findings(10);
        findings.Begin(1, 1);
        var read = FieldReader.For(new(field, 0, constant, values, MappedBy.Name), "FIELD", context).Read(new(1, 1, [column], null), findings);
        Assert.Empty(findings.End().Issues);
        return read!.Text(0);
    }
}
