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

    /// <summary>Report cases.</summary>
    ReportCases,

    /// <summary>On the spot: confirm what others report, put small things right, look whether work is done (监督员).</summary>
    InspectCases,

    /// <summary>Take reports in and send people to confirm and to inspect (受理员).</summary>
    RegisterCases,

    /// <summary>File cases, make them void, close them (值班长).</summary>
    FileCases,

    /// <summary>Send cases to departments and decide what these ask for (派遣员).</summary>
    DispatchCases,

    /// <summary>Handle the cases of the own department (专业部门).</summary>
    HandleCases,

    /// <summary>Press for cases and evaluate them (督办、评价).</summary>
    SuperviseCases,

    /// <summary>Open emergencies, send tasks in them and stand them down (平战转换).</summary>
    CommandEmergencies,

    /// <summary>Send what devices measure; for the keys of devices and their gateways.</summary>
    SendReadings,

    /// <summary>Send what recognisers see on cameras, and pictures of cameras; for the keys of recognisers.</summary>
    SendDetections,

    /// <summary>Read the audit log and the records of exports.</summary>
    Audit,

    /// <summary>Manage people, roles, keys and sessions.</summary>
    Administer,
}
