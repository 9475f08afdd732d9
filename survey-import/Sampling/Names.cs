namespace CityOps.Gis.SurveyImport.Sampling;

/// <summary>Invented names of communities, roads and people, none given twice among communities and roads.</summary>
sealed class Names(Dice dice)
{
    const string First = "文湖金东西南北新龙凤莲鹭海江溪山松桂榕石前后上下高大洪林曾禾岭云锦仙霞翠康乐和兴嘉祥裕华屿浦";
    const string Second = "安兴园屿滨塘坑厝埔头坂亭桥塔井洋边里田仑湖山泉岭亨泰昌福寨岩港榜";
    const string Surnames = "陈林黄张吴李王郑蔡杨许苏郭叶洪刘庄曾周谢";
    const string Given = "志伟建明丽华秀英文斌雅婷小燕国强俊杰惠玲永福美珍海峰晓东淑芳";

    static readonly string[] MainRoads =
    [
        "湖滨南路", "湖滨北路", "厦禾路", "鹭江道", "嘉禾路", "莲前东路", "莲前西路", "仙岳路", "成功大道", "环岛东路", "环岛南路", "金尚路", "枋湖路", "湖里大道", "吕岭路",
        "钟林路", "沧虹路", "杏林北路", "集美大道", "集源路", "同集路", "银湖路", "同明路", "翔安大道", "翔安南路", "新兴街", "马巷大道", "孙坂路", "灌口大道", "滨海西大道",
    ];

    readonly HashSet<string> _used = [];
    int _mainRoads;
    int _tries;

    public string Community(bool isUrban) => Unused(() => Pair() + (isUrban ? "社区" : "村"));

    public string Road(RoadClass roadClass)
        => roadClass <= RoadClass.Arterial && _mainRoads < MainRoads.Length
            ? MainRoads[_mainRoads++]
            : Unused(() => Pair() + Ending(roadClass));

    /// <summary>A name for people in the sample; all are invented.</summary>
    public string Person(int number)
    {
        var first = dice.Below(Given.Length / 2, number, 42);
        return $"{Surnames[dice.Below(Surnames.Length, number, 41)]}{Given[2 * first]}{Given[2 * dice.Below(Given.Length / 2, number, 43) + 1]}";
    }

    string Ending(RoadClass roadClass)
    {
        string[] endings = roadClass switch
        {
            RoadClass.Expressway => ["大道", "快速路", "高架路"],
            RoadClass.Arterial => ["大道", "路", "东路", "西路"],
            RoadClass.Secondary => ["路", "南路", "北路", "中路", "一路", "二路", "三路"],
            RoadClass.Branch => ["路", "街", "东街", "西街", "南街", "北街", "一街", "二街", "三街"],
            _ => ["巷", "里", "弄", "一里", "二里", "三里", "四里", "五里", "东里", "西里", "南里", "北里", "一巷", "二巷", "三巷"],
        };
        return endings[dice.Below(endings.Length, _tries, 44)];
    }

    string Pair()
    {
        _tries++;
        return $"{First[dice.Below(First.Length, _tries, 45)]}{Second[dice.Below(Second.Length, _tries, 46)]}";
    }

    string Unused(Func<string> draw)
    {
        while (true)
            if (draw() is var name && _used.Add(name))
                return name;
    }
}
