using static CityOps.Gis.SurveyImport.Sampling.PlaceKind;
using static CityOps.Gis.SurveyImport.Sampling.RoadClass;

namespace CityOps.Gis.SurveyImport.Sampling;

/// <summary>The classes of GB/T 47678.5-2026 that the sample city has, and where they stand. The numbers are this project's own.</summary>
static class ClassRules
{
    /// <summary>Invented owners and maintainers.</summary>
    public static readonly string[] Owners =
    [
        "厦门市政设施管理有限公司", "厦门供水有限公司", "厦门排水有限公司", "厦门供电公司", "厦门通信管线有限公司", "厦门燃气有限公司", "厦门园林养护有限公司", "厦门环境卫生服务有限公司",
        "厦门公共交通有限公司", "厦门停车管理有限公司", "厦门广电网络有限公司", "厦门社区物业服务有限公司", "厦门交通设施工程有限公司", "厦门户外传媒有限公司",
    ];

    const int City = 0, Water = 1, Sewer = 2, Power = 3, Telecom = 4, Gas = 5, Garden = 6, Clean = 7, Bus = 8, Parking = 9, Broadcast = 10, Estate = 11, Traffic = 12, Media = 13;

    public static readonly ClassRule[] All =
    [
        new("01001", Roadside, 60, 18, -1.2, false, "municipal", Water), new("01002", Roadside, 35, 17, -2.4, false, "municipal", Sewer),
        new("01003", Roadside, 35, 17, -1.7, false, "municipal", Sewer), new("01004", Roadside, 25, 12, -0.3, true, "municipal", Sewer),
        new("01005", Roadside, 50, 18, 2.4, false, "industry", Power), new("01006", Roadside, 60, 30, 1.1, true, "municipal", City),
        new("01007", Roadside, 45, 17, 2.8, false, "telecom", Telecom), new("01008", Roadside, 140, 25, 3.0, false, "culture", Broadcast),
        new("01009", Roadside, 140, 25, 2.6, false, "telecom", Telecom), new("01011", Roadside, 60, 18, -2.9, false, "municipal", Gas, Narrowest: Branch),
        new("01012", Roadside, 300, 40, 2.2, false, "police", Traffic), new("01013", Crossing, 0.35, 1, 2.0, true, "fire", Water),
        new("01014", Roadside, 160, 25, 3.2, true, "greening", Garden, Narrowest: Branch), new("01015", Crossing, 0.5, 1, 2.7, true, "police", Traffic, Narrowest: Secondary),
        new("01017", Roadside, 120, 25, 2.0, false, "industry", Power), new("01018", Yard, 0.6, 20, 0, false, "sanitation", Estate),
        new("01019", Roadside, 900, 60, -0.8, false, "water", Water, Narrowest: Secondary), new("01020", Roadside, 900, 120, 1.9, true, "transport", Bus, Narrowest: Secondary),
        new("01023", Roadside, 700, 60, -2.0, false, "municipal", City), new("01024", Country, 0.02, 0.06, 0, false, "water", Water),
        new("01026", Roadside, 240, 2.6, 3.5, true, "municipal", City, Narrowest: Branch), new("01027", Roadside, 300, 70, 3.4, true, "telecom", Telecom),
        new("01028", Yard, 0.3, 6, 0, false, "industry", Power), new("01029", Roadside, 400, 40, 3.3, true, "industry", Power),
        new("01030", Roadside, 70, 45, 1.2, false, "industry", Power, Widest: Branch), new("01031", Roadside, 90, 50, 1.4, false, "telecom", Telecom, Widest: Branch),
        new("01032", Roadside, 900, 200, 1.6, true, "transport", Bus, Narrowest: Secondary), new("01035", Yard, 0.03, 0.2, 0, false, "enforcement", Estate),
        new("01036", Country, 0.01, 0.03, 0, false, "industry", Gas), new("01037", Roadside, 30, 30, 0.8, true, "municipal", City),
        new("01038", Roadside, 0, 6, 2.9, true, "municipal", City, Narrowest: Branch), new("01039", Yard, 0.5, 42, 0, false, "municipal", City),
        new("01042", Roadside, 2500, 900, 2.1, true, "municipal", City), new("01045", Roadside, 900, 120, 3.7, true, "enforcement", Media),
        new("01046", Yard, 0.3, 4, 0, false, "enforcement", Estate), new("01047", Country, 0.04, 0.06, 0, false, "industry", Power),
        new("01048", Yard, 0.2, 2, 0, false, "industry", Power), new("01049", Yard, 0.12, 1, 0, false, "municipal", Gas),
        new("01050", Roadside, 160, 50, 0.9, true, "police", Traffic), new("01051", Yard, 0.05, 0.3, 0, false, "police", Estate),
        new("01054", Yard, 0.5, 9, 0, false, "industry", Parking), new("01058", Yard, 0.2, 36, 0, false, "enforcement", Estate),
        new("01059", Roadside, 600, 150, 3.6, true, "sanitation", Clean), new("01060", Roadside, 600, 150, 2.5, true, "municipal", City),
        new("01062", Yard, 0.05, 0.3, 0, false, "telecom", Telecom), new("01065", Roadside, 500, 70, 3.1, true, "enforcement", City),
        new("01066", Roadside, 2500, 400, 2.3, true, "police", Traffic), new("01075", Yard, 0.3, 2, 0, false, "enforcement", Estate),
        new("01076", Yard, 0.05, 0.5, 0, false, "building", Estate), new("01077", Roadside, 300, 70, 0.7, true, "municipal", City, Narrowest: Secondary),
        new("02001", Yard, 0.12, 0.5, 0, false, "police", Parking, HalfLength: 9, HalfWidth: 6), new("02003", Roadside, 120, 18, 0.5, true, "transport", Parking, Widest: Branch),
        new("02004", Roadside, 450, 400, 1.8, true, "transport", Bus, Narrowest: Secondary), new("02005", Roadside, 4000, 600, 1.5, true, "transport", Bus, Narrowest: Secondary),
        new("02010", Roadside, 70, 22, 0.6, true, "police", Traffic), new("02012", Crossing, 0.4, 1, 1.2, true, "planning", City),
        new("02013", Country, 0.03, 0.05, 0, false, "planning", City), new("02014", Crossing, 1, 2, 0.6, true, "police", Traffic, Narrowest: Secondary),
        new("02015", Crossing, 0.3, 1, 3.4, true, "police", Traffic, Narrowest: Secondary), new("02017", Roadside, 150, 60, 0.9, false, "police", Traffic, Narrowest: Secondary, IsFromCentre: true, HalfLength: 18),
        new("02018", Crossing, 0.1, 1, -1, true, "police", Traffic, Narrowest: Secondary), new("02020", Crossing, 0.7, 5, 0.4, true, "municipal", City, Narrowest: Branch),
        new("02021", Roadside, 90, 2, 0.4, true, "municipal", City, Narrowest: Branch), new("02022", Roadside, 90, 2.5, 1.4, true, "police", Traffic, Narrowest: Secondary, IsFromCentre: true),
        new("02023", Roadside, 4000, 800, 2.6, true, "police", Traffic, Narrowest: Arterial), new("02024", Roadside, 400, 100, 2.2, true, "building", City, Narrowest: Expressway, HalfLength: 20),
        new("02025", Roadside, 300, 60, 2.4, true, "enforcement", Parking, HalfLength: 4, HalfWidth: 0.9), new("02026", Roadside, 600, 140, 3.6, true, "transport", Bus, Narrowest: Branch),
        new("02027", Yard, 0.2, 14, 0, false, "enforcement", Parking), new("02033", Crossing, 0.08, 0.6, 0.9, true, "police", Traffic, Widest: Branch),
        new("02034", Crossing, 0.15, 1, 1.6, true, "municipal", City), new("02035", Roadside, 2500, 300, 2.7, true, "industry", City),
        new("02038", Roadside, 30, 6, 4.6, true, "police", Estate, Widest: Branch), new("02041", Roadside, 2500, 500, 2.9, true, "police", Parking),
        new("02043", Roadside, 250, 120, 1.8, true, "police", Traffic, Widest: Neighbourhood, IsFromCentre: true, HalfWidth: 1.1), new("03001", Yard, 0.06, 0.3, 0, false, "sanitation", Clean),
        new("03002", Roadside, 1500, 250, 1.7, true, "sanitation", Clean), new("03003", Yard, 0.25, 9, 0, false, "sanitation", Estate),
        new("03004", Yard, 0.15, 1, 0, false, "sanitation", Clean), new("03005", Roadside, 80, 45, 2.0, true, "sanitation", Clean),
        new("03006", Roadside, 500, 50, 4.2, true, "enforcement", Media), new("03007", Roadside, 40, 5, 5.0, true, "enforcement", Media, Widest: Arterial),
        new("03008", Roadside, 600, 110, 3.8, true, "enforcement", Estate), new("03014", Yard, 0.05, 1, 0, false, "sanitation", Clean),
        new("03016", Roadside, 500, 80, 2.15, true, "sanitation", Clean), new("04001", Yard, 0.03, 0.06, 0, false, "greening", Garden),
        new("04002", Roadside, 8, 6, 1.5, true, "greening", Garden, Narrowest: Branch), new("04003", Yard, 1.5, 132, 0, false, "greening", Garden),
        new("04004", Roadside, 120, 12, 1.5, true, "greening", Garden, Narrowest: Branch), new("04005", Roadside, 120, 8, 2.5, true, "greening", Garden),
        new("04006", Yard, 0.02, 0.08, 0, false, "greening", Garden), new("04007", Roadside, 120, 35, 3.0, true, "greening", Garden),
        new("04008", Roadside, 180, 60, 4.0, true, "greening", Garden, Narrowest: Secondary, HalfLength: 15), new("04009", Yard, 0.2, 16, 0, false, "greening", Garden),
        new("04010", Yard, 0.01, 0.04, 0, false, "greening", Garden), new("04011", Roadside, 60, 6, 1.5, true, "greening", Garden, Narrowest: Branch),
        new("04012", Roadside, 60, 8, 0.5, true, "greening", Garden, Narrowest: Expressway), new("04013", Yard, 0.4, 3, 0, false, "greening", Garden, HalfLength: 7, HalfWidth: 5),
        new("04014", Country, 0.3, 0.6, 0, false, "greening", Garden, HalfLength: 28, HalfWidth: 22), new("05002", Yard, 0.03, 0.1, 0, false, "building", Estate),
        new("05003", Yard, 0.01, 0.02, 0, false, "industry", Gas), new("05009", Yard, 0.01, 0.02, 0, false, "culture", Estate),
    ];
}
