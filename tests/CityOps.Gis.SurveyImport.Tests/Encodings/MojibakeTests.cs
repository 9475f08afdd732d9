using System.Text;
using CityOps.Gis.SurveyImport.Encodings;
using Xunit;

namespace CityOps.Gis.Tests.SurveyImport.Encodings;

public sealed class MojibakeTests
{
    [Theory]
    [InlineData("鍘﹂棬", "厦门")]
    [InlineData("ÏÃÃÅ", "厦门")]
    [InlineData("åŽ¦é—¨", "厦门")]
    [InlineData("ÓêË®¾®¸Ç", "雨水井盖")]
    public void It_says_what_a_wrongly_decoded_text_was(string text, string was) => Assert.Equal(was, Mojibake.Find(text)?.Probably);

    [Theory]
    [InlineData("锟斤拷锟斤拷")]
    [InlineData("厦\uFFFD\uFFFD")]
    [InlineData("烫烫烫烫")]
    public void Lost_texts_are_recognised(string text) => Assert.True(Mojibake.Find(text) is { Probably: null });

    [Theory]
    [InlineData("厦门市思明区")]
    [InlineData("联通")]
    [InlineData("雨水井盖(圆形)、Ф700")]
    [InlineData("鑫鑫酒店")]
    [InlineData("Straße")]
    [InlineData("Königsbrücker Straße")]
    [InlineData("東京都のさくら")]
    [InlineData("直径≥600mm±5℃")]
    [InlineData("плитка")]
    [InlineData("ASCII only")]
    public void True_texts_are_left_alone(string text) => Assert.Null(Mojibake.Find(text));

    [Fact]
    public void The_street_names_of_Xiamen_survive_and_their_mojibake_is_found()
    {
        string[] names = ["思明区", "湖里区", "集美区", "同安区", "翔安区", "海沧区", "中山路", "鼓浪屿街道", "筼筜街道", "殿前街道", "杏林街道", "公共厕所", "垃圾中转站", "路灯控制箱"];

        Assert.All(names, n => Assert.Null(Mojibake.Find(n)));
        Assert.All(names, n => Assert.NotNull(Mojibake.Find(Encoding.Latin1.GetString(CodePages.Gb18030.GetBytes(n)))));
        Assert.All(names, n => Assert.NotNull(Mojibake.Find(CodePages.Gb18030.GetString(Encoding.UTF8.GetBytes(n)))));
    }
}
