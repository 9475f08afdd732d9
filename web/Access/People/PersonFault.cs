namespace CityOps.Gis.Web.Access.People;

/// <summary>Why something cannot be done with a person.</summary>
public enum PersonFault
{
    /// <summary>A sign-in name is missing, too long, or has signs that names do not have.</summary>
    BadName,
    NameTaken,
    BadPassword,

    /// <summary>Nobody would be left who may administer.</summary>
    LastAdministrator,

    /// <summary>There is no such person.</summary>
    Gone,

    /// <summary>Who can still sign in keeps the data by which that is done.</summary>
    StillIn,

    /// <summary>Somebody else changed the person at the same time.</summary>
    Raced,
}
