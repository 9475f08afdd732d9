using CityOps.Gis.Crs;
using Xunit;

namespace CityOps.Gis.Tests.Crs;

public sealed class CrsDetectorTests
{
    static readonly SurveyArea Xiamen = new(117.88, 24.39, 118.43, 24.91);
    const string Wgs84 = "GEOGCS[\"GCS_WGS_1984\",DATUM[\"D_WGS_1984\",SPHEROID[\"WGS_1984\",6378137,298.257223563]],PRIMEM[\"Greenwich\",0],UNIT[\"Degree\",0.017453292519943295]]";

    /// <summary>Sixty points over Xiamen in a system, its axes swapped if asked.</summary>
    static (double[] X, double[] Y) Points(int epsg, bool swapped = false, SurveyArea? area = null)
        => Points(CrsCatalog.Find(epsg)!, swapped, area);

    static (double[] X, double[] Y) Points(CrsDefinition crs, bool swapped = false, SurveyArea? area = null)
    {
        var random = new Random(7);
        var box = area ?? Xiamen;
        var x = Enumerable.Range(0, 60).Select(_ => box.West + random.NextDouble() * (box.East - box.West)).ToArray();
        var y = x.Select(_ => box.South + random.NextDouble() * (box.North - box.South)).ToArray();
        CoordinateTransform.WithoutShift(crs, isForward: true).Apply(x, y);
        return swapped ? (y, x) : (x, y);
    }

    static CrsFinding Detect(string? declared, (double[] X, double[] Y) points, SurveyArea? area) => CrsDetector.Detect(declared, points.X, points.Y, area);

    public static TheoryData<string, string?, int, bool, bool, int, CrsCertainty> Cases => new()
    {
        // what, declared, numbers made in, swapped, city known, expected, certainty
        { "as declared, plain zone", "EPSG:4548", 4548, false, true, 4548, CrsCertainty.Declared },
        { "as declared, prefix", "EPSG:4527", 4527, false, false, 4527, CrsCertainty.Declared },
        { "as declared, degrees", Wgs84, 4326, false, false, 4326, CrsCertainty.Declared },
        { "no prj, degrees", null, 4490, false, false, 4490, CrsCertainty.Detected },
        { "no prj, degrees, swapped", null, 4490, true, false, 4490, CrsCertainty.Detected },
        { "no prj, prefix", null, 4527, false, false, 4527, CrsCertainty.Detected },
        { "no prj, prefix, swapped", null, 4527, true, false, 4527, CrsCertainty.Detected },
        { "no prj, plain zone", null, 4548, false, true, 4548, CrsCertainty.Detected },
        { "no prj, plain zone, swapped", null, 4548, true, true, 4548, CrsCertainty.Detected },
        { "no prj, Web Mercator", null, 3857, false, true, 3857, CrsCertainty.Detected },
        { "no prj, 6 degree zone with prefix", null, 4498, false, true, 4498, CrsCertainty.Detected },
        { "nonsense prj", "hello", 4548, false, true, 4548, CrsCertainty.Detected },
        { "swapped plane", "EPSG:4548", 4548, true, true, 4548, CrsCertainty.Detected },
        { "swapped plane, city unknown", "EPSG:4548", 4548, true, false, 4548, CrsCertainty.Detected },
        { "swapped degrees", Wgs84, 4326, true, false, 4326, CrsCertainty.Detected },
        { "prefix in the numbers only", "EPSG:4548", 4527, false, false, 4527, CrsCertainty.Detected },
        { "prefix in the prj only", "EPSG:4527", 4548, false, false, 4548, CrsCertainty.Detected },
        { "prefix of another zone", "EPSG:4526", 4527, false, false, 4527, CrsCertainty.Detected },
        { "another plain zone", "EPSG:4549", 4548, false, true, 4548, CrsCertainty.Detected },
        { "says WGS 84, holds metres", Wgs84, 4548, false, true, 4548, CrsCertainty.Detected },
        { "says WGS 84, holds metres with prefix", Wgs84, 4527, false, false, 4527, CrsCertainty.Detected },
        { "says plane, holds degrees", "EPSG:4548", 4490, false, false, 4490, CrsCertainty.Detected },
        { "says Xian 80", "EPSG:2384", 2384, false, true, 2384, CrsCertainty.Refused },
        { "says Xian 80, prefix in the numbers only", "EPSG:2384", 2363, false, true, 2363, CrsCertainty.Refused },
        { "says Beijing 54, swapped", "EPSG:2436", 2436, true, true, 2436, CrsCertainty.Refused },
        { "no prj, plain zone, city unknown", null, 4548, false, false, 4534, CrsCertainty.Unsure },
        { "says WGS 84, holds metres, city unknown", Wgs84, 4548, false, false, 4534, CrsCertainty.Unsure },
    };

    [Theory, MemberData(nameof(Cases))]
    public void A_delivery_is_recognised(string what, string? declared, int madeIn, bool swapped, bool isCityKnown, int expected, CrsCertainty certainty)
    {
        var finding = Detect(declared, Points(madeIn, swapped), isCityKnown ? Xiamen : null);
        Assert.Equal((what, (int?)expected, certainty, swapped), (what, finding.Crs?.Epsg, finding.Certainty, finding.SwapAxes));
        Assert.NotEmpty(finding.Evidence);
        Assert.Equal(certainty == CrsCertainty.Unsure, finding.Question is not null);
        Assert.All(finding.Evidence, text => Assert.EndsWith(".", text.En));
    }

    [Fact]
    public void Xiamen_92_is_recognised_without_a_prj_and_refused_by_name()
    {
        var finding = Detect(null, Points(CrsCatalog.Xiamen92), Xiamen);
        Assert.Equal((CrsCertainty.Refused, "xiamen92"), (finding.Certainty, finding.Crs?.Datum));
        Assert.Contains("Xiamen 92", finding.Evidence[^1].En);
    }

    [Fact]
    public void A_question_about_the_meridian_offers_the_zones()
    {
        var finding = Detect(null, Points(4548), null);
        Assert.Contains("central meridian", finding.Question!.En);
        Assert.Contains(finding.Candidates, one => one.Epsg == 4548);
    }

    [Fact]
    public void Data_of_another_city_under_a_sound_prj_are_asked_about()
    {
        var finding = Detect(Wgs84, Points(4326, area: new(-122.8, 45.4, -122.5, 45.6)), Xiamen);
        Assert.Equal((CrsCertainty.Unsure, (int?)4326), (finding.Certainty, finding.Crs?.Epsg));
    }

    [Fact]
    public void Data_abroad_under_a_sound_prj_are_taken_as_declared_while_the_city_is_unknown()
        => Assert.Equal(CrsCertainty.Declared, Detect(Wgs84, Points(4326, area: new(-122.8, 45.4, -122.5, 45.6)), null).Certainty);

    [Fact]
    public void Feet_under_a_prj_that_says_degrees_are_asked_about()
    {
        var finding = CrsDetector.Detect(Wgs84, [6_500_000, 6_500_900], [1_850_000, 1_850_700], null);
        Assert.Equal(CrsCertainty.Unsure, finding.Certainty);
        Assert.Contains(finding.Evidence, text => text.En.Contains("feet", StringComparison.Ordinal));
    }

    [Fact]
    public void Numbers_too_great_for_any_system_are_refused()
        => Assert.Equal(CrsCertainty.Refused, CrsDetector.Detect(null, [1e12, 2e12], [1e12, 3e12], null).Certainty);

    [Fact]
    public void One_spot_and_zeros_and_gaps_are_noted()
    {
        var finding = CrsDetector.Detect(Wgs84, [118.1, 118.1, 0, double.NaN], [24.5, 24.5, 0, 1], Xiamen);
        Assert.Equal(CrsCertainty.Declared, finding.Certainty);
        Assert.Contains(finding.Evidence, text => text.En.Contains("one spot", StringComparison.Ordinal));
        Assert.Contains(finding.Evidence, text => text.En.Contains("(0, 0)", StringComparison.Ordinal));
        Assert.Contains(finding.Evidence, text => text.En.Contains("not numbers", StringComparison.Ordinal));
    }

    [Fact]
    public void An_empty_layer_keeps_what_it_declares()
        => Assert.Equal((CrsCertainty.Declared, (int?)4548), (CrsDetector.Detect("EPSG:4548", [], [], null).Certainty, CrsDetector.Detect("EPSG:4548", [], [], null).Crs?.Epsg));
}
