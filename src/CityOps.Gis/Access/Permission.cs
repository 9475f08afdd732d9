namespace CityOps.Gis.Access;

/// <summary>What a person or a key may do; where, says the scope.</summary>
public enum Permission
{
    /// <summary>See features, counts, maps and analyses.</summary>
    View,

    /// <summary>Take features out as files.</summary>
    Export,

    /// <summary>Change single features.</summary>
    Edit,

    /// <summary>Deliver surveys, check and mend them.</summary>
    Import,

    /// <summary>Publish deliveries and roll them back.</summary>
    Publish,

    /// <summary>Watch cameras: see their stream addresses.</summary>
    WatchCameras,

    /// <summary>See names and telephone numbers of people at work.</summary>
    SeeContacts,

    /// <summary>Read the audit log and the records of exports.</summary>
    Audit,

    /// <summary>Manage people, roles, keys and sessions.</summary>
    Administer,
}
