namespace CityOps.Gis.Cases;

/// <summary>
/// How far a case (案件) has come: the stage it reached last (CJJ/T 106-2010), as <see cref="CaseCodes"/> writes it into the field <c>status</c> of the layer. What people read
/// stands in the code list <c>case-stages</c>.
/// </summary>
public enum CaseStage
{
    /// <summary>信息收集: reported, waits for the decision to file it.</summary>
    Collect,

    /// <summary>案卷建立: filed, waits to be dispatched.</summary>
    File,

    /// <summary>任务派遣: dispatched, waits for the department to begin.</summary>
    Dispatch,

    /// <summary>任务处理: the department is at work.</summary>
    Handle,

    /// <summary>处理反馈: the department has reported back, its work waits to be verified.</summary>
    Feedback,

    /// <summary>核查结案: verified and closed.</summary>
    Close,

    /// <summary>综合评价: evaluated.</summary>
    Evaluate,

    /// <summary>作废: not a case after all.</summary>
    Void,

    /// <summary>挂账: put off, for now nothing can be done; its time limits rest.</summary>
    HangUp,
}
