namespace CityOps.Gis.Web.Access.People;

/// <summary>Why a password is refused.</summary>
public enum PasswordFault
{
    TooShort,
    TooLong,

    /// <summary>Little more than the person's or the product's own name.</summary>
    OwnName,

    /// <summary>One that many people use, with or without digits around it, or a row of keys.</summary>
    Common,
}
