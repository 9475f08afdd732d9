namespace CityOps.Gis.Web.Access.People;

/// <summary>What of a password somebody would guess first.</summary>
public enum PasswordPart
{
    /// <summary>A word, a name or a password that many use, with letters replaced by look-alikes too.</summary>
    Word,

    /// <summary>Keys that lie beside each other.</summary>
    Keys,
    Repetition,

    /// <summary>Letters or digits one after the other.</summary>
    Sequence,
    DateOrNumber,
}
