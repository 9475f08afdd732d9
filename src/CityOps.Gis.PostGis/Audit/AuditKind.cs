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
    FeatureCreated,
    FeatureChanged,
    FeatureDeleted,
    CaseMoved,
    CaseRulesChanged,

    /// <summary>The figures of an assessment period are kept.</summary>
    PeriodClosed,
    Exported,
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
