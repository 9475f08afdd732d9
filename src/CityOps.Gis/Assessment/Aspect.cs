namespace CityOps.Gis.Assessment;

/// <summary>A core aspect of the city evaluation (城市综合管理服务评价): the same indicators over the cases of its classes. Names in the code list <c>assessment-aspects</c>.</summary>
public enum Aspect
{
    /// <summary>干净.</summary>
    Clean,

    /// <summary>整洁.</summary>
    Tidy,

    /// <summary>有序.</summary>
    Orderly,

    /// <summary>安全.</summary>
    Safe,

    /// <summary>群众满意, as far as cases carry it: how those of citizens were handled. No survey is asked.</summary>
    Satisfaction,
}
