namespace CityOps.Gis.PostGis.Audit;

/// <summary>What can happen that is kept for ever. Stored as <c>feature-changed</c>, … (<see cref="AuditKinds"/>).</summary>
public enum AuditKind
{
    SignedIn,
    SignInRefused,
    SignedOut,
    PasswordChanged,
    TwoFactorChanged,

    /// <summary>Somebody says of a change of the own way of signing in that it was not he.</summary>
    ChangeDisputed,
    DisputeSettled,
    PersonAdded,
    PersonChanged,

    /// <summary>The personal data of somebody who has left were taken out.</summary>
    PersonTakenOut,
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

    /// <summary>A department was called to a case, or took a step of its part.</summary>
    CasePartChanged,

    /// <summary>A special task was made or withdrawn, or an item of it ticked.</summary>
    SpecialTaskChanged,

    /// <summary>An emergency was opened or closed, or tasks of it were sent or answered.</summary>
    EmergencyChanged,
    AlarmAcknowledged,

    /// <summary>Somebody looked at a camera's stream; once for a camera in a while.</summary>
    CameraWatched,
    CameraPlanChanged,
    DetectionConfirmed,
    DetectionRejected,

    /// <summary>Somebody looked by the camera and says that it is gone.</summary>
    DetectionChecked,
    DetectionRulesChanged,
    CaseRulesChanged,

    /// <summary>Somebody looked at the track of somebody else.</summary>
    TrackRead,

    /// <summary>Somebody looked where others are now.</summary>
    PositionsRead,

    /// <summary>The figures of an assessment period are kept.</summary>
    PeriodClosed,

    /// <summary>Somebody who is assessed objects to what is counted.</summary>
    AppealMade,
    AppealAnswered,
    AppealWithdrawn,

    /// <summary>Photos were added to a check on the spot.</summary>
    CheckPhotographed,
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
