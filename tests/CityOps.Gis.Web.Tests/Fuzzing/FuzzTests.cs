using System.Text;
using CityOps.Gis.Fuzzing;
using CityOps.Gis.Fuzzing.Targets;
using Xunit;

namespace CityOps.Gis.Tests.Web.Fuzzing;

/// <summary>Code that takes bytes of strangers, for a moment; <c>./cityops bench fuzz</c> does it for as long as one likes.</summary>
public sealed class FuzzTests
{
    const int Seed = 11_2026, TextCases = 20_000, FileCases = 60;

    /// <summary>Managed memory that a target may keep: its caches and its pool of inputs.</summary>
    const long MostGrowth = 64 << 20;

    static readonly TimeSpan MostTime = TimeSpan.FromSeconds(1.5);

    public static TheoryData<string> Texts => [.. FuzzTargets.OfTexts.Select(target => target.Name)];

    public static TheoryData<string> Files => [.. SourceTargets.All.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Texts))]
    public void No_text_and_no_tile_breaks_what_reads_it(string target) => Fuzz(FuzzTargets.OfTexts.First(one => one.Name == target), TextCases);

    [Theory]
    [MemberData(nameof(Files))]
    public void No_file_of_a_delivery_breaks_what_reads_it(string target) => Fuzz(SourceTargets.All.First(one => one.Name == target), FileCases);

    [Fact]
    public void The_real_files_that_are_mutated_are_here() => Assert.SkipWhen(SourceTargets.Missing.Count > 0, $"There are no real files of {string.Join(", ", SourceTargets.Missing)} on this machine (shared/data/formats); the others were fuzzed.");

    [Fact]
    public void The_same_seed_makes_the_same_cases()
    {
        string Run()
        {
            var seen = new StringBuilder();
            var target = FuzzTargets.OfTexts[2];
            new Fuzzer(target with { Run = input => { seen.Append(Convert.ToHexString(input)).Append('\n'); return target.Run(input); } }, Seed).Run(TimeSpan.MaxValue, 500);
            return seen.ToString();
        }
        Assert.Equal(Run(), Run());
    }

    [Fact]
    public void A_fault_that_hides_behind_a_word_is_found_and_made_small()
    {
        var target = new FuzzTarget("hidden", Utf8("some harmless words, and then more of them"), Utf8("boom"),
            input => Encoding.UTF8.GetString(input).Contains("boom", StringComparison.Ordinal) ? throw new InvalidOperationException("found") : "fine");
        var result = new Fuzzer(target, Seed).Run(TimeSpan.FromSeconds(30), 10_000);
        Assert.Equal("boom", Encoding.UTF8.GetString(Assert.Single(result.Finds).Input));
    }

    static void Fuzz(FuzzTarget target, int cases)
    {
        var result = new Fuzzer(target, Seed).Run(MostTime, cases, hung => Environment.FailFast($"{hung.Target} {hung.Reason}: {hung.AsTest}"));
        Assert.True(result.Finds.Count == 0, string.Join('\n', result.Finds.Select(find => find.AsTest)));
        Assert.InRange(result.Cases, 1, long.MaxValue);
        Assert.InRange(result.HeapGrowth, long.MinValue, MostGrowth);
    }

    static byte[][] Utf8(string text) => [Encoding.UTF8.GetBytes(text)];
}
