namespace CityOps.Gis.Web.Access;

/// <summary>What signing in asks for next.</summary>
public enum SignInStep
{
    Password,

    /// <summary>The code of the authenticator app, or a recovery code.</summary>
    Code,

    /// <summary>Another password, as this one was given by somebody else.</summary>
    NewPassword,

    /// <summary>Nothing more: a session has begun.</summary>
    Done,
}
