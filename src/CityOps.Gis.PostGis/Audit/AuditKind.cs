namespace CityOps.Gis.PostGis.Audit;

/// <summary>What can happen that is kept for ever. Stored as <c>feature-changed</c>, … (<see cref="AuditKinds"/>).</summary>
public enum AuditKind
{
    SignedIn,
    SignInRefused,
    SignedOut,
    PasswordChanged,
    TwoFactorChanged,
    PersonAdded,
    PersonChanged,
    RightsChanged,
    SessionEnded,
    KeyMade,
    KeyRevoked,

    /// <summary>A key that is unknown, has expired or was revoked; once for an address in a while.</summary>
    KeyRefused,
    FeatureCreated,
    FeatureChanged,
    FeatureDeleted,
    CaseMoved,
    AlarmAcknowledged,
    CaseRulesChanged,

    /// <summary>Somebody looked at the track of somebody else.</summary>
    TrackRead,

    /// <summary>The figures of an assessment period are kept.</summary>
    PeriodClosed,
    Exported,

    /// <summary>A file beside the exports: a report, refused rows, the audit log itself.</summary>
    FileTaken,
    ViewChanged,
    OwnGridsChosen,
    MappingSaved,
    UploadAbandoned,
    DeliveryUploaded,
    DeliveryChecked,
    DeliveryPublished,
    DeliveryRolledBack,
    DeliveryMended,
    DeliveryDropped,

    /// <summary>A publication that a person asked for is through, or broke off.</summary>
    PublicationEnded,
    RollBackEnded,
    BackupMade,
    DatabaseRestored,
}
