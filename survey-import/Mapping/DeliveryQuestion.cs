using CityOps.Gis.Layers;

namespace CityOps.Gis.SurveyImport.Mapping;

/// <summary>What a person must decide before a layer of a delivery can be imported.</summary>
/// <param name="File">File within the delivery.</param>
/// <param name="Text">The question by itself, for a form.</param>
/// <param name="Option">How the command line answers it.</param>
public sealed record DeliveryQuestion(QuestionKind Kind, string File, LocalText Text, LocalText Option)
{
    /// <summary>What a person may choose from, likeliest first; empty where anything may be written.</summary>
    public IReadOnlyList<QuestionChoice> Choices { get; init; } = [];

    /// <summary>The whole sentence for the command line.</summary>
    public LocalText Sentence => new($"{File}：{Text.Zh}{Option.Zh}", $"{File}: {Text.En} {Option.En}".TrimEnd());
}
