namespace CityOps.Gis.Cases;

/// <summary>What one side has asked of another about a case and waits for; stored as <see cref="CaseCodes"/> writes it, read in the code list <c>case-requests</c>.</summary>
public enum CaseRequest
{
    /// <summary>核实: somebody shall look whether a reported thing is so.</summary>
    Confirm,

    /// <summary>核查: somebody shall look whether the work is done.</summary>
    Inspect,

    /// <summary>延时: the department asks for more time.</summary>
    Delay,

    /// <summary>回退: the department says that it is not its own.</summary>
    Return,

    /// <summary>挂账: the department asks to put it off.</summary>
    HangUp,
}
