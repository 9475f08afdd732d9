using CityOps.Gis.Layers;

namespace CityOps.Gis.SurveyImport.Sampling;

/// <summary>The whole invented city in memory (about 60 MB), with the texts of the delivery as GBK bytes.</summary>
sealed class SampleWorld
{
    const string Table = "gbt47678.5-2026";

    readonly CodeList _classes;

    public SampleWorld(int seed, LayerCatalog catalog)
    {
        Seed = seed;
        Dice = new(seed);
        Names = new(Dice);
        _classes = catalog.Lists.Find("component-classes") ?? throw new InvalidOperationException("The code list component-classes is missing.");
        Spine = Spine.Make(Dice, Names);
        Network = new(Spine.Lattice, Names);
        Places = new PlaceFinder(Spine.Lattice, Network, Dice).Find();
        StreetNames = [.. Network.Streets.Select(street => ShapefileWriter.Encode(street.Name))];
        CommunityNames = [.. Spine.Communities.Select(community => ShapefileWriter.Encode(community.Name))];
        GridCodes = [.. Spine.GridCodes.Select(ShapefileWriter.Encode)];
        DepartmentCodes = [.. Departments.All.Select(one => ShapefileWriter.Encode(one.Code))];
        DepartmentNames = [.. Departments.All.Select(one => ShapefileWriter.Encode(one.Name))];
        OwnerNames = [.. ClassRules.Owners.Select(ShapefileWriter.Encode)];
        OwnerCodes = [.. ClassRules.Owners.Select((_, index) => ShapefileWriter.Encode(Departments.CreditCode("91350200", 5000 + index)))];
        DistrictCodes = [.. Divisions.Districts.Select(one => ShapefileWriter.Encode(one.Code))];
    }

    public int Seed { get; }
    public Dice Dice { get; }
    public Names Names { get; }
    public Spine Spine { get; }
    public StreetNetwork Network { get; }
    public Departments Departments { get; } = new();
    public List<Place> Places { get; }
    public byte[][] StreetNames { get; }
    public byte[][] CommunityNames { get; }
    public byte[][] GridCodes { get; }
    public byte[][] DepartmentCodes { get; }
    public byte[][] DepartmentNames { get; }
    public byte[][] OwnerCodes { get; }
    public byte[][] OwnerNames { get; }
    public byte[][] DistrictCodes { get; }

    public Placer NewPlacer(bool isFull) => new(Spine.Lattice, Network, Dice, isFull);
    public string ClassName(string code) => ClassOf(code).Name.Zh;
    public GeometryKind KindOf(string code) => ClassOf(code).Geometry ?? GeometryKind.Point;

    CodeEntry ClassOf(string code)
        => _classes.Find(Table, "component", code) ?? throw new InvalidOperationException($"The code list component-classes lacks {code} of {Table}.");
}
