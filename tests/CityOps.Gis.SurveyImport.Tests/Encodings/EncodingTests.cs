using System.Text;
using CityOps.Gis.SurveyImport.Encodings;
using Xunit;

namespace CityOps.Gis.Tests.SurveyImport.Encodings;

public sealed class EncodingTests
{
    const string Chinese = "厦门市思明区\n雨水井盖\n湖里区市政管理局\n完好\n";
    const string Traditional = "廈門縣國家標準\n臺灣電線桿\n環境保護設備\n";

    [Theory]
    [InlineData("GBK", Chinese, "GBK")]
    [InlineData("UTF-8", Chinese, "UTF-8")]
    [InlineData("Big5", Traditional, "Big5")]
    [InlineData("GBK", Traditional, "GBK")]
    [InlineData("windows-1252", "Straße\nMüller\nGrünanlage\n", "windows-1252")]
    [InlineData("Shift_JIS", "東京都のさくら\nいちょう並木\n", "Shift_JIS")]
    public void Bytes_alone_tell_the_encoding(string written, string text, string found)
        => Assert.Equal(found, EncodingDetector.Detect(null, null, CodePages.Named(written)!.GetBytes(text)).Name);

    [Fact]
    public void A_utf8_text_without_cpg_is_not_taken_for_gbk_though_the_language_id_says_so()
        => Assert.Equal("UTF-8", EncodingDetector.Detect(null, 0x4D, Encoding.UTF8.GetBytes(Chinese)).Name);

    [Fact]
    public void A_cpg_that_the_bytes_contradict_is_overruled_and_noted()
    {
        var found = EncodingDetector.Detect("UTF-8", null, CodePages.Gb18030.GetBytes(Chinese));

        Assert.Equal(("GBK", true, 2), (found.Name, found.IsContradicted, found.Evidence.Count));
    }

    [Fact]
    public void A_cell_cut_within_a_character_does_not_speak_against_an_encoding()
        => Assert.Equal("UTF-8", EncodingDetector.Detect(null, null, [.. Encoding.UTF8.GetBytes("厦门市思明区"), .. "\n"u8, .. Encoding.UTF8.GetBytes("井盖")[..5], .. "\n"u8]).Name);

    [Theory]
    [InlineData("UTF-8", null, "UTF-8")]
    [InlineData("936", null, "GBK")]
    [InlineData("ANSI 1252", null, "windows-1252")]
    [InlineData("gb2312\r\n", null, "GBK")]
    [InlineData(null, 0x4D, "GBK")]
    [InlineData(null, 0x7A, "GBK")]
    [InlineData("88591", null, "iso-8859-1")]
    public void Plain_ascii_follows_the_declaration(string? cpg, int? languageId, string found)
        => Assert.Equal(found, EncodingDetector.Detect(cpg, languageId, "ASCII"u8).Name);

    [Fact]
    public void The_choice_of_the_person_overrules_everything()
        => Assert.Equal("Big5", EncodingDetector.Detect("UTF-8", 0x4D, Encoding.UTF8.GetBytes(Chinese), "BIG5").Name);

    [Fact]
    public void Every_name_given_to_an_encoding_finds_it_again()
    {
        foreach (var codePage in (int[])[54936, 65001, 950, 932, 949, 1252, 1251, 874, 437, 850, 28591, 28592, 20866, 51932, 1200])
            Assert.Equal(codePage, CodePages.Named(EncodingDetector.NameOf(CodePages.Number(codePage)))!.CodePage);
    }
}
