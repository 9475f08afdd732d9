namespace CityOps.Gis.Web.Components;

/// <summary>Why a question has no whole answer.</summary>
public enum AnswerHalt
{
    None,
    /// <summary>The person stopped it.</summary>
    Stopped,
    /// <summary>The database did not answer.</summary>
    Away,
}
