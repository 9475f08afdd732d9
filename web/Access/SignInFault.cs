namespace CityOps.Gis.Web.Access;

/// <summary>Why signing in does not go on.</summary>
public enum SignInFault
{
    /// <summary>Name or password; which, nobody is told.</summary>
    Wrong,

    /// <summary>Too many wrong ones; it passes by itself.</summary>
    Locked,
    WrongCode,

    /// <summary>It took too long between two steps.</summary>
    Expired,
    TooShort,
    TooLong,
    OwnName,
    Common,

    /// <summary>The new password is the one that was given.</summary>
    SamePassword,
}
