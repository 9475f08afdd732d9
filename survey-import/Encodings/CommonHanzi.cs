using System.Collections.Frozen;

namespace CityOps.Gis.SurveyImport.Encodings;

/// <summary>Characters that real Chinese texts are mostly made of; a decoding that yields others is probably wrong.</summary>
static class CommonHanzi
{
    const string Everyday = "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运笔算称";
    const string Municipal = "街镇乡村县省州厦门思明湖里集美同安翔海沧号站厂所局司井盖雨污燃热消防栓桥灯杆亭牌箱柜变压器树木护栏环卫园林绿房屋公厕垃圾桶停车线杆供排给水电力视通讯信监控责任主管养护单位权属类型码编备注完好破损丢失占用变更初始材质规格宣传栏城管执法委员会居社区网格坐标经纬度湖北安徽江苏浙福建广东四川重庆陕甘青藏新疆宁夏云贵龙吉辽河冀鲁豫晋湘赣沪津京港澳台锡苏杭成武汉阳岛沙合肥昌兴泰滨";
    const string Traditional = "門縣區號廈灣國學會長來個們時為發後經動現開關無與間問應戰頭體見業產將兩點車東龍臺鄉鎮鐵電線觀廣環園樹綠設備單責養護壓變機場氣資統實點書華連達運還進過義興豐島澤濱號術戶處務員職衛總維總陽雲億廠樓層燈橋稱標規責類質據數測繪";

    static readonly FrozenSet<char> Set = (Everyday + Municipal + Traditional).ToFrozenSet();

    public static bool Contains(char c) => Set.Contains(c);

    /// <summary>How much a text looks like something written by people: everyday characters count for it, rare and private ones against it.</summary>
    public static double Plausibility(ReadOnlySpan<char> text)
    {
        double sum = 0;
        var counted = 0;
        foreach (var c in text)
        {
            if (c < 0x80)
                continue;
            counted++;
            sum += Weight(c);
        }
        return counted == 0 ? 0 : sum / counted;
    }

    static double Weight(char c) => c switch
    {
        _ when Set.Contains(c) => 2,
        >= '\u3040' and <= '\u30FF' => 1.5,
        >= '\uAC00' and <= '\uD7A3' => 1,
        >= '\u3000' and <= '\u303F' or >= '\uFF01' and <= '\uFF5E' => 1,
        >= '\u4E00' and <= '\u9FA5' => 0,
        '\uFFFD' => -5,
        >= '\uE000' and <= '\uF8FF' => -3,
        < '\u0100' => 0.2,
        _ => -1,
    };
}
